import { useEffect, useRef, useState, type ReactNode, type RefObject } from "react";
import { downloadCsv, toCsv } from "../format/csv";

export interface Column<Row> {
  /** What the column is called in the download. */
  name: string;
  heading: string;
  numeric?: boolean;
  cell: (row: Row) => ReactNode;
  /** What the download holds; left out of it where this is missing. Money is decimal text. */
  csv?: (row: Row) => string | number | null | undefined;
  /** Where the column can be sorted by: which way it is, and what sorting by it does. */
  sort?: { sorted: "ascending" | "descending" | "none"; onSort: () => void };
}

interface Props<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** A last row of its own, such as a total. */
  total?: Row;
}

/**
 * A table of typed columns; the first one names the row. The roles are said outright: on a narrow
 * screen rows are laid out as cards, and an element laid out as something else than a table loses its
 * role in some browsers.
 */
export function DataTable<Row>({ label, columns, rows, rowKey, total }: Props<Row>) {
  const frame = useRef<HTMLDivElement>(null);
  const wide = useIsWide(frame);
  return (
    <div
      className="table-frame"
      ref={frame}
      {...(wide ? { tabIndex: 0, role: "group", "aria-label": `${label}, to be scrolled` } : {})}
    >
      <table className="data-table" role="table" aria-label={label}>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th
                key={column.name}
                scope="col"
                role="columnheader"
                className={column.numeric ? "numeric" : undefined}
                aria-sort={column.sort?.sorted}
              >
                <Heading column={column} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <TableRow key={rowKey(row)} columns={columns} row={row} />
          ))}
          {total !== undefined && <TableRow columns={columns} row={total} className="total" />}
        </tbody>
      </table>
    </div>
  );
}

/** Whether the table is wider than its frame: the keyboard must then be able to scroll it. */
function useIsWide(frame: RefObject<HTMLDivElement | null>): boolean {
  const [wide, setWide] = useState(false);
  useEffect(() => {
    const element = frame.current;
    if (element === null || typeof ResizeObserver === "undefined") {
      return;
    }
    const watch = new ResizeObserver(() => setWide(element.scrollWidth > element.clientWidth));
    watch.observe(element);
    watch.observe(element.firstElementChild!);
    return () => watch.disconnect();
  }, [frame]);
  return wide;
}

function Heading<Row>({ column: { heading, sort } }: { column: Column<Row> }) {
  if (sort === undefined) {
    return heading;
  }
  const arrow = { ascending: " ▲", descending: " ▼", none: "" }[sort.sorted];
  return (
    <button type="button" className="sort" onClick={sort.onSort}>
      {heading}
      <span aria-hidden="true">{arrow}</span>
    </button>
  );
}

interface RowProps<Row> {
  columns: readonly Column<Row>[];
  row: Row;
  className?: string;
}

function TableRow<Row>({ columns, row, className }: RowProps<Row>) {
  return (
    <tr role="row" className={className}>
      {columns.map(({ name, heading, numeric, cell }, index) => {
        const classes = numeric ? "numeric" : undefined;
        return index === 0 ? (
          <th key={name} scope="row" role="rowheader" className={classes}>
            {cell(row)}
          </th>
        ) : (
          <td key={name} role="cell" className={classes} data-heading={heading}>
            {cell(row)}
          </td>
        );
      })}
    </tr>
  );
}

interface CsvProps<Row> {
  /** The file's name without its ending. */
  name: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
}

/** Saves exactly the rows that are shown. */
export function CsvButton<Row>({ name, columns, rows }: CsvProps<Row>) {
  function save() {
    const saved = columns.flatMap(({ name: heading, csv }) =>
      csv === undefined ? [] : [{ heading, value: csv }],
    );
    downloadCsv(`${name}.csv`, toCsv(saved, rows));
  }
  return (
    <button type="button" className="button small quiet" onClick={save}>
      Download CSV
    </button>
  );
}

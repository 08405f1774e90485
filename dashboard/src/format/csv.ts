export interface CsvColumn<Row> {
  heading: string;
  /** Decimals come as text and stay it, times as RFC 3339 in UTC; null is an empty field. */
  value: (row: Row) => string | number | null | undefined;
}

/**
 * The rows as a CSV file (RFC 4180: CRLF, quotes doubled). Text that a spreadsheet would take for a
 * formula gets an apostrophe in front, as the server's own downloads do; numbers do not.
 */
export function toCsv<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string {
  const lines = [
    columns.map(({ heading }) => field(heading)),
    ...rows.map((row) => columns.map(({ value }) => field(value(row)))),
  ];
  return lines.map((fields) => `${fields.join(",")}\r\n`).join("");
}

const NUMBER = /^-?\d+(\.\d+)?$/;

function field(value: string | number | null | undefined): string {
  if (value === null || value === undefined) {
    return "";
  }
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Has the browser save the text, or the parts of it one after the other, under this name. */
export function downloadCsv(name: string, text: string | string[]): void {
  const address = URL.createObjectURL(new Blob([text].flat(), { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // Not at once: the browser takes it up a moment later.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

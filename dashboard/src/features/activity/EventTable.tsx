import type { ReactNode } from "react";
import type { UsageEvent } from "../../api/types";
import { formatCount } from "../../format/numbers";
import { formatUtc } from "../../format/time";
import { Cost } from "../../ui/Cost";
import { None } from "../../ui/None";
import { StatusBadges } from "./EventBadges";
import { providerLabel } from "./labels";
import { rowKey } from "./mergeNewest";

interface Column {
  name: string;
  heading: string;
  numeric?: boolean;
  cell: (event: UsageEvent) => ReactNode;
}

/** As many as a millionth of a dollar needs, so that the column lines up. */
const COST_DIGITS = 6;

/** All but the first column, which opens the event. */
const COLUMNS: readonly Column[] = [
  { name: "customer", heading: "Customer", cell: (event) => <Id value={event.customer_id} /> },
  { name: "user", heading: "User", cell: (event) => <Id value={event.user_id} /> },
  { name: "feature", heading: "Feature", cell: (event) => <Id value={event.feature_id} /> },
  { name: "model", heading: "Provider / model", cell: (event) => <Model event={event} /> },
  {
    name: "input",
    heading: "Tokens in",
    numeric: true,
    cell: (event) => formatCount(event.input_tokens),
  },
  {
    name: "output",
    heading: "Tokens out",
    numeric: true,
    cell: (event) => formatCount(event.output_tokens),
  },
  {
    name: "cost",
    heading: "Cost",
    numeric: true,
    cell: (event) => <Cost event={event} digits={COST_DIGITS} />,
  },
  { name: "status", heading: "Status", cell: (event) => <StatusBadges event={event} /> },
];

interface Props {
  events: readonly UsageEvent[];
  onOpen: (event: UsageEvent) => void;
}

/**
 * The roles are said outright: on a narrow screen rows are laid out as cards, and an element that is
 * laid out as something else than a table loses its role in some browsers.
 */
export function EventTable({ events, onOpen }: Props) {
  return (
    <div className="table-frame card">
      <table className="event-table" role="table" aria-label="Events, newest first">
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">
              Time (UTC)
            </th>
            {COLUMNS.map(({ name, heading, numeric }) => (
              <th
                key={name}
                scope="col"
                role="columnheader"
                className={numeric ? "numeric" : undefined}
              >
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {events.map((event) => (
            // The button in the first cell does the same for the keyboard.
            <tr key={rowKey(event)} role="row" onClick={() => onOpen(event)}>
              <td role="cell" className="cell-time">
                <button
                  type="button"
                  className="row-button"
                  onClick={(click) => {
                    click.stopPropagation();
                    onOpen(event);
                  }}
                >
                  <span className="visually-hidden">Details of the event of </span>
                  <time dateTime={event.timestamp}>{formatUtc(event.timestamp)}</time>
                </button>
              </td>
              {COLUMNS.map(({ name, heading, numeric, cell }) => (
                <td
                  key={name}
                  role="cell"
                  className={`cell-${name}${numeric ? " numeric" : ""}`}
                  data-heading={heading}
                >
                  {cell(event)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Id({ value }: { value: string | null | undefined }) {
  if (!value) {
    return <None />;
  }
  return (
    <span className="id" title={value}>
      {value}
    </span>
  );
}

function Model({ event }: { event: UsageEvent }) {
  if (!event.provider && !event.model) {
    return <None />;
  }
  return (
    <span className="id" title={event.model ?? undefined}>
      {event.provider && <span className="provider">{providerLabel(event.provider)}</span>}{" "}
      {event.model}
    </span>
  );
}

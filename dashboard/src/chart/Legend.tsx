import type { ChartGroup } from "./chart";
import { CostText } from "../ui/Cost";
import { Swatch } from "./StackedBars";

interface Props {
  groups: readonly ChartGroup[];
  hidden: ReadonlySet<string>;
  onToggle: (id: string) => void;
  onHighlight: (id: string | null) => void;
  format: (amount: string) => string;
}

/** The groups by their colours, each a switch that shows or hides it. */
export function Legend({ groups, hidden, onToggle, onHighlight, format }: Props) {
  return (
    <ul className="legend" aria-label="Shown in the chart">
      {groups.map((group) => (
        <li key={group.id}>
          <button
            type="button"
            aria-pressed={!hidden.has(group.id)}
            onClick={() => onToggle(group.id)}
            onPointerEnter={() => onHighlight(group.id)}
            onPointerLeave={() => onHighlight(null)}
            onFocus={() => onHighlight(group.id)}
            onBlur={() => onHighlight(null)}
            title={group.note === null ? group.label : `${group.note} ${group.label}`}
          >
            <Swatch colour={group.colour} />
            <span className="legend-name">{group.label}</span>
            <span className="legend-amount">
              {group.cost === null ? format(group.total) : <CostText cost={group.cost} />}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

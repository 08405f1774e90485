import { scaleBand, scaleLinear } from "d3-scale";
import { stack, stackOrderNone } from "d3-shape";
import { useId, useMemo, useState, type KeyboardEvent } from "react";
import { approximately, sumDecimals } from "../format/decimal";
import { countOf } from "../format/numbers";
import { formatAmount, formatTick, METRICS, type ChartData } from "./chart";
import { labelledEvery, ticksUpTo, type Tick } from "./ticks";
import { useWidth } from "./useWidth";
import "./chart.css";

const HEIGHT = 260;
const MARGIN = { top: 12, right: 4, bottom: 24, left: 52 };
const LABEL_WIDTH = 52;
const TICKS = 4;

interface Props {
  label: string;
  /** Only the groups that are shown. */
  data: ChartData;
  /** The group that is pointed at in the legend: the others step back. */
  highlighted: string | null;
  /** What a click on a bar, or Enter, leads to; said to those who hear the chart. */
  drill?: { says: string; onDrill: (bar: number) => void } | undefined;
}

/**
 * Amounts over time as stacked bars. The arrow keys move through the bars, which are read out; the
 * table beside says the same.
 */
export function StackedBars({ label, data, highlighted, drill }: Props) {
  const { ref, width } = useWidth();
  const [active, setActive] = useState<number | null>(null);
  const [keyed, setKeyed] = useState(false);
  const { bars } = data;
  const shape = useMemo(() => shapeOf(data, width), [data, width]);

  function moved(event: KeyboardEvent) {
    const last = bars.length - 1;
    const at = active ?? last + 1;
    const to: Record<string, number> = {
      ArrowLeft: at - 1,
      ArrowRight: active === null ? 0 : at + 1,
      Home: 0,
      End: last,
    };
    const next = to[event.key];
    if (next !== undefined) {
      event.preventDefault();
      setActive(Math.min(Math.max(next, 0), last));
      setKeyed(true);
    } else if (event.key === "Enter" && active !== null && drill !== undefined) {
      event.preventDefault();
      drill.onDrill(active);
    } else if (event.key === "Escape") {
      setActive(null);
    }
  }

  const hint = `Arrow keys move through the bars.${drill ? ` Enter ${drill.says}.` : ""}`;
  const shown = active !== null && active < bars.length ? active : null;
  return (
    <div className="chart" ref={ref}>
      <div
        className="chart-area"
        role="group"
        aria-label={`${label}. ${hint}`}
        tabIndex={0}
        onKeyDown={moved}
        onBlur={() => {
          setActive(null);
          setKeyed(false);
        }}
        onPointerLeave={() => !keyed && setActive(null)}
      >
        <svg width={width} height={HEIGHT} aria-hidden="true">
          <Patterns />
          <Axes shape={shape} data={data} />
          {bars.map((bar, index) => (
            <BarShape
              key={bar.start}
              shape={shape}
              data={data}
              index={index}
              active={index === shown}
              highlighted={highlighted}
              drills={drill !== undefined}
              onPoint={() => {
                setActive(index);
                setKeyed(false);
              }}
              onPress={() => drill?.onDrill(index)}
            />
          ))}
        </svg>
        {shown !== null && <Tip data={data} index={shown} shape={shape} width={width} />}
      </div>
      <p className="visually-hidden" aria-live="polite">
        {keyed && shown !== null && spoken(data, shown)}
      </p>
    </div>
  );
}

interface Shape {
  x: (bar: number) => number;
  step: number;
  bandwidth: number;
  y: (amount: number) => number;
  ticks: Tick[];
  /** For each group, for each bar, from where to where. */
  layers: { from: number; to: number }[][];
  tops: number[];
  labelEvery: number;
}

function shapeOf({ bars, groups }: ChartData, width: number): Shape {
  const inner = Math.max(width - MARGIN.left - MARGIN.right, 1);
  const band = scaleBand<number>()
    .domain(bars.map((_, index) => index))
    .range([MARGIN.left, MARGIN.left + inner])
    .paddingInner(bars.length > 60 ? 0.12 : 0.24)
    .paddingOuter(0.1);
  const layers = stack<number, number>()
    .keys(groups.map((_, index) => index))
    .value((bar, group) => Math.max(0, approximately(groups[group]!.amounts[bar]!)))
    .order(stackOrderNone)(bars.map((_, index) => index))
    .map((layer) => layer.map(([from, to]) => ({ from, to })));
  const tops = bars.map((_, index) => layers.at(-1)?.[index]?.to ?? 0);
  const ticks = ticksUpTo(Math.max(...tops, 0), TICKS);
  const y = scaleLinear()
    .domain([0, ticks.at(-1)!.at])
    .range([HEIGHT - MARGIN.bottom, MARGIN.top]);
  return {
    x: (bar) => band(bar) ?? 0,
    step: band.step(),
    bandwidth: band.bandwidth(),
    y: (amount) => y(amount),
    ticks,
    layers,
    tops,
    labelEvery: labelledEvery(bars.length, inner, LABEL_WIDTH),
  };
}

/** Colour alone must not tell groups apart: the later ones, and the rest, are hatched. */
function Patterns() {
  return (
    <defs>
      <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse">
        <path className="hatch" d="M-1 1 1 -1M0 6 6 0M5 7 7 5" />
      </pattern>
    </defs>
  );
}

function Axes({ shape, data }: { shape: Shape; data: ChartData }) {
  return (
    <g className="axes">
      {shape.ticks.map(({ at, amount }) => (
        <g key={amount} transform={`translate(0 ${shape.y(at)})`}>
          <line x1={MARGIN.left} x2="100%" className={at === 0 ? "base" : undefined} />
          <text x={MARGIN.left - 8} dy="0.32em" textAnchor="end">
            {formatTick(amount, data.metric)}
          </text>
        </g>
      ))}
      {data.bars.map((bar, index) =>
        index % shape.labelEvery === 0 ? (
          <text
            key={bar.start}
            x={shape.x(index) + shape.bandwidth / 2}
            y={HEIGHT - 7}
            textAnchor="middle"
          >
            {bar.label}
          </text>
        ) : null,
      )}
    </g>
  );
}

interface BarProps {
  shape: Shape;
  data: ChartData;
  index: number;
  active: boolean;
  highlighted: string | null;
  drills: boolean;
  onPoint: () => void;
  onPress: () => void;
}

function BarShape(props: BarProps) {
  const { shape, data, index, active, highlighted, drills, onPoint, onPress } = props;
  const x = shape.x(index);
  const top = shape.y(shape.tops[index]!);
  return (
    <g
      className="bar"
      data-active={active}
      data-drills={drills}
      onPointerEnter={onPoint}
      onClick={onPress}
    >
      <rect
        className="bar-ground"
        x={x - (shape.step - shape.bandwidth) / 2}
        y={MARGIN.top}
        width={shape.step}
        height={HEIGHT - MARGIN.top - MARGIN.bottom}
      />
      {data.groups.map((group, layer) => {
        const { from, to } = shape.layers[layer]![index]!;
        const height = shape.y(from) - shape.y(to);
        if (height <= 0) {
          return null;
        }
        // A hair's breadth between parts; what is not nothing is drawn, however little.
        const drawn = Math.max(height - (height > 3 ? 1 : 0), 0.75);
        const back = highlighted !== null && highlighted !== group.id;
        const place = { x, y: shape.y(to), width: shape.bandwidth, height: drawn };
        return (
          <g key={group.id} opacity={back ? 0.22 : undefined}>
            <rect {...place} className={`hue-${group.colour}`} />
            {group.colour >= 4 && <rect {...place} fill="url(#hatch)" />}
          </g>
        );
      })}
      {data.bars[index]!.unpriced > 0 && (
        <path
          className="unpriced-mark"
          d="M-3.5 -2h7l-3.5 -6z"
          transform={`translate(${x + shape.bandwidth / 2} ${top - 1})`}
        />
      )}
    </g>
  );
}

function Tip({
  data,
  index,
  shape,
  width,
}: {
  data: ChartData;
  index: number;
  shape: Shape;
  width: number;
}) {
  const bar = data.bars[index]!;
  const middle = shape.x(index) + shape.bandwidth / 2;
  const right = middle > width / 2;
  const parts = data.groups.filter(({ amounts }) => approximately(amounts[index]!) > 0);
  return (
    <div
      className="tip"
      style={right ? { right: width - middle + 14 } : { left: middle + 14 }}
      aria-hidden="true"
    >
      <p className="tip-head">
        <span>
          {bar.name}
          {bar.running && <span className="muted"> so far</span>}
        </span>
        <strong>{formatAmount(totalOf(data, index), data.metric)}</strong>
      </p>
      {parts.length > 1 || data.groups.length > 1 ? (
        <ul>
          {parts.toReversed().map((group) => (
            <li key={group.id}>
              <Swatch colour={group.colour} />
              <span className="tip-name">{group.label}</span>
              <span>{formatAmount(group.amounts[index]!, data.metric)}</span>
            </li>
          ))}
        </ul>
      ) : null}
      {bar.unpriced > 0 && (
        <p className="warning-text">{countOf(bar.unpriced, "call")} unpriced, not included</p>
      )}
    </div>
  );
}

export function Swatch({ colour }: { colour: number }) {
  const id = useId();
  return (
    <svg className="swatch" width="10" height="10" aria-hidden="true">
      <rect width="10" height="10" rx="2" className={`hue-${colour}`} />
      {colour >= 4 && (
        <path key={id} className="hatch" d="M-1 3 3 -1M-1 8 8 -1M1 11 11 1M6 11 11 6" />
      )}
    </svg>
  );
}

function totalOf({ groups }: ChartData, index: number): string {
  return sumDecimals(groups.map(({ amounts }) => amounts[index]!));
}

function spoken(data: ChartData, index: number): string {
  const bar = data.bars[index]!;
  const parts = data.groups
    .filter(({ amounts }) => approximately(amounts[index]!) > 0)
    .map(({ label, amounts }) => `${label} ${formatAmount(amounts[index]!, data.metric)}`);
  const unit = data.metric === "cost" ? "" : ` ${METRICS[data.metric].unit}`;
  const total = `${formatAmount(totalOf(data, index), data.metric)}${unit}`;
  const unpriced = bar.unpriced > 0 ? ` ${countOf(bar.unpriced, "call")} unpriced.` : "";
  const split = parts.length > 1 ? ` ${parts.join(", ")}.` : "";
  return `${bar.name}${bar.running ? ", so far" : ""}: ${total}.${split}${unpriced}`;
}

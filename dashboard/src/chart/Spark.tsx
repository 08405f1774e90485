import { scaleLinear } from "d3-scale";
import { approximately } from "../format/decimal";

const WIDTH = 96;
const HEIGHT = 22;

/** The amounts of the days as little bars; for the eye only, the row says the sum. */
export function Spark({ amounts }: { amounts: readonly string[] }) {
  const sizes = amounts.map(approximately);
  const y = scaleLinear()
    .domain([0, Math.max(...sizes, Number.MIN_VALUE)])
    .range([0, HEIGHT]);
  const step = WIDTH / Math.max(amounts.length, 1);
  return (
    <svg className="spark" width={WIDTH} height={HEIGHT} aria-hidden="true">
      {sizes.map((size, day) => {
        const height = size > 0 ? Math.max(y(size), 1) : 0;
        return (
          <rect
            key={day}
            x={day * step}
            y={HEIGHT - height}
            width={Math.max(step - 1, 0.75)}
            height={height}
          />
        );
      })}
    </svg>
  );
}

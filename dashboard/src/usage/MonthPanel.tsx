import type { EventQuery, Forecast } from "../api/types";
import { approximately } from "../format/decimal";
import { formatUsd } from "../format/money";
import { Cost } from "../ui/Cost";
import { None } from "../ui/None";
import { Panel } from "../ui/Panel";
import { Watermark } from "../ui/Watermark";
import { knownCost } from "./Figures";
import { useForecast } from "./useUsage";

/** The running month so far, and what it is likely to come to. */
export function MonthPanel({ query }: { query: EventQuery }) {
  const forecast = useForecast(query);
  return (
    <Panel
      title="This month"
      query={forecast}
      failed="The forecast could not be loaded."
      height={12}
      note={(data) => <Watermark at={data.month_to_date.updated_at} />}
    >
      {(data) => <Month forecast={data} />}
    </Panel>
  );
}

function Month({ forecast }: { forecast: Forecast }) {
  const { month, month_to_date, forecast_usd, method, days_elapsed, days_in_month } = forecast;
  return (
    <div className="month">
      <p className="month-value">
        <Cost sum={month_to_date} />
      </p>
      <p>
        so far in {month} (UTC), {days_elapsed} of {days_in_month} days over
      </p>
      <Progress
        spent={approximately(knownCost(month_to_date))}
        whole={forecast_usd === null ? 0 : approximately(forecast_usd)}
      />
      <dl>
        <dt>Forecast for the month</dt>
        <dd>
          {forecast_usd === null ? <None said="not known yet" /> : <b>{formatUsd(forecast_usd)}</b>}
        </dd>
        <dt>Calls so far</dt>
        <dd>{month_to_date.events.toLocaleString("en-US")}</dd>
      </dl>
      <p className="hint">{method}</p>
    </div>
  );
}

/** How much of the forecast is spent. */
function Progress({ spent, whole }: { spent: number; whole: number }) {
  const part = whole > 0 ? Math.min(spent / whole, 1) : 0;
  return (
    <svg className="month-bar" preserveAspectRatio="none" viewBox="0 0 100 8" aria-hidden="true">
      <rect className="ground" width="100" height="8" />
      <rect className="spent" width={part * 100} height="8" />
    </svg>
  );
}

import type { EventDetail, EventPrice, UsageEvent } from "../../api/types";
import { compareDecimals } from "../../format/decimal";
import { isZeroUsd } from "../../format/money";
import { None } from "../../ui/None";
import { ErrorPanel } from "../../ui/ErrorPanel";
import { Skeleton } from "../../ui/Skeleton";
import { unpricedReason } from "./EventBadges";
import { Fact, Section } from "../../ui/Facts";
import { shownPriceLines } from "./priceLines";
import type { useEvent } from "./useEvent";

/** What the event costs, why, and how that comes about line by line. */
export function EventCost({
  event,
  detail,
}: {
  event: UsageEvent;
  detail: ReturnType<typeof useEvent>;
}) {
  const unpriced = event.cost_status === "unpriced";
  const known = event.known_cost_usd ?? "0";
  return (
    <Section title="Cost">
      <dl className="facts">
        <Fact label="Cost">{event.cost_usd && `$${event.cost_usd}`}</Fact>
        <Fact label="Status">{event.cost_status}</Fact>
        <Fact label="Reason">{unpriced && unpricedReason(event)}</Fact>
        <Fact label="Certain of it">
          {unpriced &&
            (isZeroUsd(known) ? (
              "nothing: none of it has a price"
            ) : (
              <>
                ${known} <span className="muted">– a lower bound: what does have a price</span>
              </>
            ))}
        </Fact>
        <Fact label="Price book">{event.price_book}</Fact>
      </dl>
      {detail.data !== undefined ? (
        detail.data.price && <PriceTable event={detail.data} price={detail.data.price} />
      ) : detail.isError ? (
        <ErrorPanel
          what="How the cost comes about could not be loaded."
          error={detail.error}
          onRetry={() => void detail.refetch()}
          retrying={detail.isFetching}
        />
      ) : (
        <Skeleton label="Loading how the cost comes about" lines={2} />
      )}
    </Section>
  );
}

function PriceTable({ event, price }: { event: EventDetail; price: EventPrice }) {
  const lines = shownPriceLines(price.lines);
  if (lines.length === 0) {
    return <p className="muted">Nothing of it is to be paid for.</p>;
  }
  const differs =
    price.cost_usd === null || !event.cost_usd
      ? (price.cost_usd === null) !== !event.cost_usd
      : compareDecimals(price.cost_usd, event.cost_usd) !== 0;
  return (
    <>
      <div className="price-lines">
        <table aria-label="How the cost comes about">
          <thead>
            <tr>
              <th scope="col">For</th>
              <th scope="col" className="numeric">
                Quantity
              </th>
              <th scope="col" className="numeric">
                Price
              </th>
              <th scope="col" className="numeric">
                Amount
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line, index) => (
              <tr key={index}>
                <th scope="row">
                  {line.label}
                  {line.model !== null && <span className="muted id"> {line.model}</span>}
                </th>
                <td className="numeric">{line.quantity}</td>
                {line.usd === null ? (
                  <td className="no-price" colSpan={2}>
                    <span className="badge warning">no price</span> {line.reason}
                  </td>
                ) : (
                  <>
                    <td className="numeric">{line.price ?? <None said="no price" />}</td>
                    <td className="numeric">${line.usd}</td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={3}>
                Together
              </th>
              <td className="numeric">
                {price.cost_usd === null ? (
                  <span className="badge warning">unpriced</span>
                ) : (
                  `$${price.cost_usd}`
                )}
              </td>
            </tr>
          </tfoot>
        </table>
      </div>
      {price.price_book !== event.price_book && (
        <p className={differs ? "warning-text" : "muted"}>
          Reckoned by the book in use now, {price.price_book}; the event was booked by{" "}
          {event.price_book}
          {differs ? ", at another cost: re-rating would correct it." : ", at the same cost."}
        </p>
      )}
    </>
  );
}

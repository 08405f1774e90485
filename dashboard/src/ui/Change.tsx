import { changeInTenths, compareDecimals } from "../format/decimal";

interface Props {
  /** Decimal text. */
  now: string;
  before: string;
}

/** `▲ 12.3 % vs previous period`. More is neither good nor bad here, so it has no colour of its own. */
export function Change({ now, before }: Props) {
  const tenths = changeInTenths(before, now);
  if (tenths === null) {
    return (
      <>{compareDecimals(now, "0") > 0 ? "none in the period before" : "none before either"}</>
    );
  }
  const size = tenths < 0n ? -tenths : tenths;
  const percent =
    size >= 10_000n ? `${(size / 10n).toLocaleString("en-US")}` : `${size / 10n}.${size % 10n}`;
  const arrow = tenths === 0n ? "" : tenths > 0n ? "▲" : "▼";
  return (
    <>
      <span className="change">
        {arrow !== "" && <span aria-hidden="true">{arrow} </span>}
        <span className="visually-hidden">
          {tenths > 0n ? "up " : tenths < 0n ? "down " : "unchanged, "}
        </span>
        {percent} %
      </span>{" "}
      vs previous period
    </>
  );
}

import type { ModelPrice, PriceBook, PricePeriod, PriceTerm } from "../../api/types";
import { formatUsd } from "../../format/money";
import { formatCount, formatDecimal } from "../../format/numbers";
import { formatUtcDay } from "../../format/time";
import { isEveryTokenClass, tokenClassLabel } from "../activity/labels";

export interface PriceSearch {
  provider: string;
  /** Any part of a model's name, in any case. */
  text: string;
}

export function readPriceSearch(search: string): PriceSearch {
  const said = new URLSearchParams(search);
  return { provider: said.get("provider") ?? "", text: said.get("q") ?? said.get("model") ?? "" };
}

export interface FoundPrices {
  models: ModelPrice[];
  terms: PriceTerm[];
  unpriced: PriceBook["unpriced"];
}

/** What of the book the search is about. A term holds for all models where it names none. */
export function findPrices(book: PriceBook, { provider, text }: PriceSearch): FoundPrices {
  const wanted = text.trim().toLowerCase();
  const named = (name: string) => name.toLowerCase().includes(wanted);
  const of = (each: { provider: string }) => provider === "" || each.provider === provider;
  const models = book.models
    .filter((model) => of(model) && model.names.some(named))
    // The order of names within a provider stays.
    .sort((one, other) => one.provider.localeCompare(other.provider));
  const providers = new Set(models.map((model) => model.provider));
  return {
    models,
    terms: book.terms.filter(
      (term) =>
        of(term) &&
        (wanted === "" ||
          (term.models.length === 0 ? providers.has(term.provider) : term.models.some(named))),
    ),
    unpriced: book.unpriced.filter(
      (each) => of(each) && (wanted === "" || named(each.name) || providers.has(each.provider)),
    ),
  };
}

/** The period that holds now. The newest comes first, and may lie ahead. */
export function currentPeriod({ periods }: ModelPrice, now: Date): PricePeriod | undefined {
  return periods.find(({ from }) => from === null || Date.parse(from) <= now.getTime());
}

/** `$3.00` for a million tokens; undefined where the class has no price. */
export function perMillion(
  prices: Record<string, string> | undefined,
  tokenClass: string,
): string | undefined {
  const price = prices?.[tokenClass];
  return price === undefined ? undefined : formatUsd(price);
}

/** The classes that have a column of their own in the list of models. */
export const MAIN_CLASSES = ["input", "cache_read", "cache_write", "output"] as const;

/** What a model's row leaves out and its details have: `3 more, long context, 2 periods`. */
export function moreOf(model: ModelPrice, now: Date): string {
  const period = currentPeriod(model, now);
  const main: readonly string[] = MAIN_CLASSES;
  const classes = Object.keys(period?.per_million_tokens ?? {}).filter(
    (name) => !main.includes(name),
  ).length;
  const units = Object.keys(period?.units ?? {}).length;
  return [
    classes + units > 0 && `${classes + units} more`,
    (period?.above_input_tokens.length ?? 0) > 0 && "long context",
    model.periods.length > 1 && `${model.periods.length} periods`,
  ]
    .filter((each) => each !== false)
    .join(", ");
}

export interface PriceRow {
  label: string;
  price: string;
}

export function tokenRows(prices: Record<string, string>): PriceRow[] {
  return Object.entries(prices).map(([name, price]) => ({
    label: tokenClassLabel(name),
    price: `${formatUsd(price)} per million`,
  }));
}

export function unitRows(units: PricePeriod["units"]): PriceRow[] {
  return Object.entries(units).map(([name, { usd, per }]) => ({
    label: tokenClassLabel(name),
    price: `${formatUsd(usd)} ${per === "1" ? "each" : `per ${formatDecimal(per)}`}`,
  }));
}

const TERMS: Record<string, string> = {
  service_tier: "Service tier",
  speed: "Speed",
  geography: "Geography",
};

export function termLabel(term: string): string {
  return TERMS[term] ?? tokenClassLabel(term);
}

/** What a term does: `× 0.5`, or prices of its own. */
export function termEffect(term: PriceTerm): string {
  const effect =
    term.times !== null
      ? `× ${formatDecimal(term.times)}`
      : tokenRows(term.per_million_tokens ?? {})
          .map(({ label, price }) => `${label} ${price}`)
          .join(", ");
  const classes = term.classes.map((name) => tokenClassLabel(name).toLowerCase());
  return [
    effect,
    term.times !== null &&
      classes.length > 0 &&
      (isEveryTokenClass(term.classes) ? "of all tokens" : `of ${classes.join(", ")}`),
    term.from !== null && `from ${formatUtcDay(term.from)}`,
    term.input_tokens_most !== null &&
      `up to ${formatCount(term.input_tokens_most)} input tokens; longer calls have no published price`,
  ]
    .filter((each) => each !== false && each !== "")
    .join(", ");
}

/** How a model stands in the address. */
export function modelKey({ provider, names }: ModelPrice): string {
  return `${provider}:${names[0] ?? ""}`;
}

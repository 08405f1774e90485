import { useId, useMemo, useState, type FormEvent } from "react";
import { hrefChanged } from "../address";
import { navigate } from "../router";
import { Menu, useCloseMenu } from "../ui/Menu";
import { daysOf, isWholeDays, PRESETS, type Range } from "./range";
import { useRange } from "./useRange";
import { wallTime } from "./zone";
import "./range.css";

interface Props {
  path: string;
  search: string;
}

/** Chooses the range that the page is about, and the time zone whose days it is cut by. */
export function RangePicker({ path, search }: Props) {
  const range = useRange(search);
  const zone = range.timeZone === "UTC" ? "UTC" : zoneName(range.timeZone);
  return (
    <Menu
      className="range-picker"
      label={
        <>
          <span className="visually-hidden">Range: </span>
          <span className="range-name">{rangeLabel(range)}</span>{" "}
          <span className="range-zone">{zone}</span>
        </>
      }
    >
      <PresetList path={path} search={search} range={range} />
      <CustomRange key={`${range.from} ${range.to}`} path={path} search={search} range={range} />
      <ZoneSelect path={path} search={search} range={range} />
    </Menu>
  );
}

/** `Last 7 days`, `2026-11-01 – 2026-11-14`, `2026-11-24 09:00 – 10:00`. */
export function rangeLabel(range: Range): string {
  const { preset, from, to, timeZone } = range;
  if (preset !== null) {
    return PRESETS.find(({ name }) => name === preset)!.label;
  }
  if (isWholeDays(range)) {
    const { first, last } = daysOf(range);
    return first === last ? first : `${first} – ${last}`;
  }
  const [start, end] = [from, to].map((edge) => wallTime(timeZone, new Date(edge)));
  const sameDay = start!.slice(0, 10) === end!.slice(0, 10);
  return `${start!.replace("T", " ")} – ${sameDay ? end!.slice(11) : end!.replace("T", " ")}`;
}

function zoneName(timeZone: string): string {
  return timeZone.split("/").at(-1)!.replaceAll("_", " ");
}

type PartProps = Props & { range: Range };

function PresetList({ path, search, range }: PartProps) {
  const close = useCloseMenu();
  return (
    <ul className="menu-list">
      {PRESETS.map(({ name, label }) => (
        <li key={name}>
          <a
            href={hrefChanged(path, search, { range: name, from: null, to: null, rollup: null })}
            aria-current={range.preset === name ? "true" : undefined}
            onClick={close}
          >
            {label}
          </a>
        </li>
      ))}
    </ul>
  );
}

function CustomRange({ path, search, range }: PartProps) {
  const close = useCloseMenu();
  const [from, setFrom] = useState(() => daysOf(range).first);
  const [to, setTo] = useState(() => daysOf(range).last);

  function apply(event: FormEvent) {
    event.preventDefault();
    navigate(hrefChanged(path, search, { range: null, from, to, rollup: null }));
    close();
  }

  return (
    <form className="range-custom" onSubmit={apply}>
      <label className="field">
        <span className="label">From</span>
        <input
          type="date"
          required
          value={from}
          max={to || undefined}
          onChange={(event) => setFrom(event.target.value)}
        />
      </label>
      <label className="field">
        <span className="label">To, included</span>
        <input
          type="date"
          required
          value={to}
          min={from || undefined}
          onChange={(event) => setTo(event.target.value)}
        />
      </label>
      <button type="submit" className="button">
        Apply
      </button>
    </form>
  );
}

function ZoneSelect({ path, search, range }: PartProps) {
  const id = useId();
  const own = useMemo(() => new Intl.DateTimeFormat().resolvedOptions().timeZone, []);
  const all = useMemo(() => Intl.supportedValuesOf("timeZone"), []);
  const first = [...new Set(["UTC", own, range.timeZone])];
  return (
    <div className="field range-zones">
      <label className="label" htmlFor={id}>
        Days and weeks of
      </label>
      <select
        id={id}
        value={range.timeZone}
        onChange={({ target: { value } }) =>
          navigate(hrefChanged(path, search, { tz: value === "UTC" ? null : value }))
        }
      >
        <optgroup label="Often used">
          {first.map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </optgroup>
        <optgroup label="All time zones">
          {all
            .filter((zone) => !first.includes(zone))
            .map((zone) => (
              <option key={zone}>{zone}</option>
            ))}
        </optgroup>
      </select>
      <p className="hint">Times of single events are UTC throughout.</p>
    </div>
  );
}

import { useQuery, keepPreviousData } from "@tanstack/react-query";
import { useCombobox } from "downshift";
import { useEffect, useRef, useState } from "react";

const TYPED_MS = 150;

export interface ComboBoxItem {
  value: string;
  label: string;
  /** Beside the label, muted. */
  note?: string;
  /** Of a model: whose it is. */
  provider?: string;
}

interface Props {
  label: string;
  /** Shown while nothing is chosen: `All customers`. */
  placeholder: string;
  /** Empty: nothing is chosen. */
  value: string;
  valueLabel?: string;
  /** Part of the cache's key of the items. */
  itemsKey: readonly unknown[];
  loadItems: (
    prefix: string,
    signal: AbortSignal,
  ) => Promise<{ items: ComboBoxItem[]; more: boolean }>;
  /** Null when what was chosen is taken away. */
  onChoose: (item: ComboBoxItem | null) => void;
}

/**
 * A field whose list of values is asked for by what is typed. What is typed may also be taken as it
 * stands (Enter), as the list holds what was seen lately only.
 */
export function ComboBox(props: Props) {
  const { label, placeholder, value, valueLabel = value, onChoose } = props;
  const [text, setText] = useState(valueLabel);
  const [textOf, setTextOf] = useState(valueLabel);
  if (textOf !== valueLabel) {
    // The address changed: back, forward, a removed filter.
    setTextOf(valueLabel);
    setText(valueLabel);
  }
  // The list's report of having closed may be of a render before what was chosen came in.
  const current = useRef(valueLabel);
  current.current = valueLabel;
  const [opened, setOpened] = useState(false);
  const typed = text === valueLabel ? "" : text.trim();
  const list = useItems(props, typed, opened);
  // The answer to what was typed before stays until the next: only what still fits is shown.
  const items = (list.data?.items ?? []).filter((item) => begins(item, typed));

  function choose(item: ComboBoxItem | null) {
    if ((item?.value ?? "") !== value) {
      onChoose(item);
    }
  }

  const box = useCombobox<ComboBoxItem>({
    items,
    inputValue: text,
    selectedItem: null,
    itemToString: (item) => item?.label ?? "",
    onIsOpenChange: ({ isOpen }) => {
      setOpened(isOpen);
      if (!isOpen) {
        setText(current.current);
      }
    },
    onSelectedItemChange: ({ selectedItem }) => choose(selectedItem),
  });

  const input = box.getInputProps({
    placeholder,
    onFocus: (event) => event.currentTarget.select(),
    // At once: the list's own report comes a render later, and what is typed meanwhile would be lost.
    onChange: (event) => setText((event.target as HTMLInputElement).value),
    onKeyDown: (event) => {
      if (event.key === "Enter" && box.highlightedIndex < 0 && text.trim() !== valueLabel) {
        const typed = text.trim();
        choose(typed === "" ? null : { value: typed, label: typed });
      }
    },
  });
  return (
    <div className="combobox" data-open={box.isOpen}>
      <label {...box.getLabelProps()} className="label">
        {label}
      </label>
      <div className="combobox-field" data-chosen={value !== ""}>
        <input {...input} type="text" autoComplete="off" autoCapitalize="none" spellCheck={false} />
        {value !== "" && (
          <button
            type="button"
            className="combobox-clear"
            aria-label={`Clear ${label}`}
            onClick={() => onChoose(null)}
          >
            <span aria-hidden="true">×</span>
          </button>
        )}
      </div>
      <ul {...box.getMenuProps()} className="combobox-list">
        {box.isOpen &&
          items.map((item, index) => (
            <li
              key={`${item.note ?? ""} ${item.value}`}
              {...box.getItemProps({ item, index })}
              className="combobox-item"
              data-highlighted={index === box.highlightedIndex}
              data-current={item.value === value}
            >
              <span className="combobox-item-label">{item.label}</span>
              {item.note && <span className="combobox-item-note">{item.note}</span>}
            </li>
          ))}
      </ul>
      {box.isOpen && <ListState list={list} count={items.length} typed={text} />}
    </div>
  );
}

function begins({ label }: ComboBoxItem, typed: string): boolean {
  return label.toLowerCase().startsWith(typed.toLowerCase());
}

function useItems({ itemsKey, loadItems }: Props, typed: string, enabled: boolean) {
  const [prefix, setPrefix] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setPrefix(typed), TYPED_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return useQuery({
    queryKey: ["options", ...itemsKey, prefix],
    queryFn: ({ signal }) => loadItems(prefix, signal),
    enabled,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
}

interface ListStateProps {
  list: ReturnType<typeof useItems>;
  count: number;
  typed: string;
}

/** What the list itself can't say. */
function ListState({ list, count, typed }: ListStateProps) {
  const said = list.isError
    ? "The list could not be loaded. Enter takes what is typed."
    : list.isPending
      ? "Loading…"
      : count === 0
        ? `Nothing begins with “${typed.trim()}” in the last 90 days.`
        : list.data.more
          ? "There are more: type on."
          : null;
  return (
    <div className="combobox-state" role="status">
      {said}
    </div>
  );
}

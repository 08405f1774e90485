import { useQuery } from "@tanstack/react-query";
import { useId, useRef, useState, type FormEvent, type KeyboardEvent } from "react";
import { useApi } from "../../api/ApiContext";
import type { OptionKind } from "../../api/types";
import { hrefTo } from "../../router";
import { providerLabel } from "../activity/labels";
import { useSession } from "../session/useSession";
import { providerOf, PROVIDERS } from "./providers";

export interface Wanted {
  provider: string;
  model: string;
  customerId: string;
  userId: string;
  featureId: string;
  prompt: string;
  apiKey: string;
  providerKey: string;
}

/** All but the keys. */
type Named = Omit<Wanted, "apiKey" | "providerKey">;

const PROMPT = "In one sentence: what is a meter for?";

/** The address says all but the prompt and the keys: those are nobody else's. */
function readWanted(search: string, operator: string): Named {
  const said = new URLSearchParams(search);
  const provider = providerOf(said.get("provider") ?? "");
  return {
    provider: provider.name,
    model: said.get("model") || provider.models[0]!,
    customerId: said.get("customer_id") || "playground",
    userId: said.get("user_id") || operator,
    featureId: said.get("feature_id") || "playground",
    prompt: PROMPT,
  };
}

interface Props {
  search: string;
  running: boolean;
  onSend: (wanted: Wanted) => void;
  onStop: () => void;
}

export function CallForm({ search, running, onSend, onStop }: Props) {
  const { name } = useSession();
  const id = useId();
  // The keys live in their fields alone, neither in the page's state nor in an attribute, and are gone
  // when the page is left or loaded anew.
  const apiKey = useRef<HTMLInputElement>(null);
  const providerKey = useRef<HTMLInputElement>(null);
  const [wanted, setWanted] = useState(() => readWanted(search, name));
  const provider = providerOf(wanted.provider);

  function field(name: keyof Named) {
    return {
      id: `${id}-${name}`,
      value: wanted[name],
      required: true,
      onChange: ({ target: { value } }: { target: { value: string } }) =>
        setWanted({ ...wanted, [name]: value }),
    };
  }

  function chooseProvider(name: string) {
    setWanted({ ...wanted, provider: name, model: providerOf(name).models[0]! });
    // One provider's key is none of another's business.
    providerKey.current!.value = "";
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!running) {
      onSend({
        ...wanted,
        apiKey: apiKey.current!.value.trim(),
        providerKey: providerKey.current!.value.trim(),
      });
    }
  }

  function sendByKeys(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.currentTarget.form?.requestSubmit();
    }
  }

  return (
    <form className="card call-form" onSubmit={submit} autoComplete="off" aria-label="The call">
      <label className="field wide">
        <span className="label">Provider</span>
        <select {...field("provider")} onChange={({ target: { value } }) => chooseProvider(value)}>
          {PROVIDERS.map((each) => (
            <option key={each.name} value={each.name}>
              {providerLabel(each.name)} · {each.endpoint}
            </option>
          ))}
        </select>
      </label>
      <div className="field">
        <label className="label" htmlFor={`${id}-model`}>
          Model
        </label>
        <input {...field("model")} {...PLAIN} list={`${id}-models`} />
        <datalist id={`${id}-models`}>
          {provider.models.map((model) => (
            <option key={model} value={model} />
          ))}
        </datalist>
      </div>
      <NameField kind="customer" label="Customer" input={field("customerId")} />
      <NameField
        kind="user"
        label="User"
        input={field("userId")}
        customerId={wanted.customerId.trim()}
      />
      <NameField kind="feature" label="Feature" input={field("featureId")} />
      <div className="field wide">
        <label className="label" htmlFor={`${id}-prompt`}>
          Prompt
        </label>
        <textarea {...field("prompt")} rows={3} onKeyDown={sendByKeys} />
      </div>
      <div className="field">
        <label className="label" htmlFor={`${id}-apiKey`}>
          OpenMonetize key
        </label>
        <input
          ref={apiKey}
          id={`${id}-apiKey`}
          required
          {...PLAIN}
          className="secret"
          aria-describedby={`${id}-apiKey-hint`}
        />
        <span className="hint" id={`${id}-apiKey-hint`}>
          With the scope proxy; <a href={hrefTo("/settings/api-keys")}>generate one</a> if need be.
        </span>
      </div>
      <div className="field">
        <label className="label" htmlFor={`${id}-providerKey`}>
          Your {providerLabel(wanted.provider)} key
        </label>
        <input
          ref={providerKey}
          id={`${id}-providerKey`}
          required
          {...PLAIN}
          className="secret"
          aria-describedby={`${id}-providerKey-hint`}
        />
        <span className="hint" id={`${id}-providerKey-hint`}>
          Goes to the provider through the proxy, and is stored nowhere. Under{" "}
          <code>./om demo</code> anything will do.
        </span>
      </div>
      <div className="call-actions wide">
        {running ? (
          <button type="button" className="button" onClick={onStop}>
            Stop
          </button>
        ) : (
          <button type="submit" className="button primary">
            Send
          </button>
        )}
      </div>
    </form>
  );
}

/** Nothing that a browser completes, corrects, remembers or sends to a spelling service. */
const PLAIN = {
  type: "text",
  autoComplete: "off",
  autoCapitalize: "none",
  autoCorrect: "off",
  spellCheck: false,
} as const;

interface NameFieldProps {
  kind: Extract<OptionKind, "customer" | "user" | "feature">;
  label: string;
  input: { id: string; value: string; required: boolean; onChange: (event: never) => void };
  customerId?: string;
}

/** A name that may be new; those that were seen lately are offered. */
function NameField({ kind, label, input, customerId }: NameFieldProps) {
  const api = useApi();
  const options = useQuery({
    queryKey: ["options", kind, customerId ?? "", "playground"],
    queryFn: ({ signal }) =>
      api.options(kind, customerId === undefined ? {} : { customer_id: customerId }, signal),
    enabled: customerId !== "",
    staleTime: 60_000,
    retry: false,
  });
  return (
    <div className="field">
      <label className="label" htmlFor={input.id}>
        {label}
      </label>
      <input {...(input as object)} {...PLAIN} maxLength={256} list={`${input.id}-seen`} />
      <datalist id={`${input.id}-seen`}>
        {options.data?.options.map(
          ({ value }) => value !== null && <option key={value} value={value} />,
        )}
      </datalist>
    </div>
  );
}

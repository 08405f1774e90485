import { useState } from "react";
import { hrefTo } from "../router";
import { CodeBlock } from "../ui/CodeBlock";
import { useSession } from "../features/session/useSession";
import { snippets } from "./snippets";
import "./setup.css";

/** Where the deployment does not say where its proxy is. */
const SOME_PROXY = "https://your-proxy.example";

/** What pages show as long as nothing was ever sent. */
export function SetUp() {
  const proxy_url = useSession().proxy_url ?? SOME_PROXY;
  const all = snippets(proxy_url);
  const [chosen, setChosen] = useState(0);
  const snippet = all[chosen] ?? all[0]!;
  return (
    <section className="card set-up" aria-labelledby="set-up-title">
      <h2 id="set-up-title">Nothing has been sent yet</h2>
      <p>
        Point an application at the proxy. Its calls show up here within seconds, by themselves.
      </p>
      <ol>
        <li>
          <a href={hrefTo("/settings/api-keys")}>Generate an API key</a> and put it into{" "}
          <code>OPENMONETIZE_API_KEY</code>, where the application runs.
        </li>
        <li>
          Point the provider&rsquo;s library at <code className="proxy-url">{proxy_url}</code>:
        </li>
      </ol>
      <fieldset className="segments">
        <legend className="visually-hidden">Show how in</legend>
        {all.map(({ name }, index) => (
          <label key={name}>
            <input
              type="radio"
              name="snippet"
              checked={index === chosen}
              onChange={() => setChosen(index)}
            />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
      <CodeBlock text={snippet.code} what={`set-up for ${snippet.name}`} />
      <p className="muted">{snippet.hint}</p>
      <p className="waiting">
        <span className="pulse" aria-hidden="true" />
        Waiting for the first call…
      </p>
    </section>
  );
}

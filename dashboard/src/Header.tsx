import { useEffect, useRef, useState } from "react";
import { useSession, useSignOut } from "./features/session/useSession";
import { hrefKeeping } from "./address";
import { RangePicker } from "./range/RangePicker";
import {
  ACTIVITY_PATH,
  ANALYTICS_PATH,
  AUDIT_PATH,
  CUSTOMERS_PATH,
  OVERVIEW_PATH,
  PIPELINE_PATH,
  PLAYGROUND_PATH,
  PRICES_PATH,
} from "./paths";
import { hrefTo } from "./router";
import { Logo } from "./ui/Logo";

interface PageLink {
  path: string;
  name: string;
  /** Whether what the page shows is of a range of time, which is chosen in the header then. */
  ranged?: boolean;
}

const PAGES: readonly PageLink[] = [
  { path: OVERVIEW_PATH, name: "Overview", ranged: true },
  { path: ACTIVITY_PATH, name: "Activity", ranged: true },
  { path: ANALYTICS_PATH, name: "Analytics", ranged: true },
  { path: CUSTOMERS_PATH, name: "Customers", ranged: true },
  { path: PRICES_PATH, name: "Prices" },
  { path: PIPELINE_PATH, name: "Pipeline" },
  { path: AUDIT_PATH, name: "Audit" },
  { path: PLAYGROUND_PATH, name: "Playground" },
  { path: "/settings", name: "Settings" },
];

export function Header({ path, search }: { path: string; search: string }) {
  const { environment } = useSession();
  const shown = PAGES.find((page) => path === page.path || path.startsWith(`${page.path}/`));
  const pages = useRef<HTMLElement>(null);

  useEffect(() => {
    // On a narrow screen not all names fit: that of this page must be among those that are seen.
    const here = pages.current?.querySelector<HTMLElement>("[aria-current]");
    if (pages.current && here) {
      pages.current.scrollLeft =
        here.offsetLeft - (pages.current.clientWidth - here.offsetWidth) / 2;
    }
  }, [shown]);

  return (
    <header className="header">
      <div className="header-content">
        <a className="home" href={hrefKeeping(OVERVIEW_PATH, search)}>
          <Logo />
        </a>
        <span className={`environment ${environment}`} title="The environment of this deployment">
          <span className="visually-hidden">Environment: </span>
          {environment}
        </span>
        <Account />
        <nav aria-label="Pages" ref={pages}>
          {PAGES.map((page) => (
            <a
              key={page.path}
              href={hrefKeeping(page.path, search)}
              aria-current={page === shown ? "page" : undefined}
            >
              {page.name}
            </a>
          ))}
        </nav>
        {shown?.ranged && <RangePicker path={path} search={search} />}
      </div>
    </header>
  );
}

function Account() {
  const { name } = useSession();
  const signOut = useSignOut();
  const [state, setState] = useState<"idle" | "sending" | "failed">("idle");

  async function leave() {
    setState("sending");
    try {
      await signOut();
      // Whoever signs in next starts at the beginning.
      window.location.hash = hrefTo("/");
    } catch {
      setState("failed");
    }
  }

  return (
    <div className="account">
      <span className="account-name" title={`Signed in as ${name}`}>
        <span className="visually-hidden">Signed in as </span>
        {name}
      </span>
      <button
        type="button"
        className="button small quiet"
        onClick={leave}
        aria-disabled={state === "sending"}
      >
        Sign out
      </button>
      <span role="alert" className="account-error">
        {state === "failed" && "Signing out did not work."}
      </span>
    </div>
  );
}

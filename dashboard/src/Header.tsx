import { useState } from "react";
import { useSession, useSignOut } from "./features/session/useSession";
import { hrefTo } from "./router";
import { Logo } from "./ui/Logo";

const PAGES = [
  { path: "/activity", name: "Activity" },
  { path: "/settings", name: "Settings" },
];

export function Header({ path }: { path: string }) {
  const { environment } = useSession();
  return (
    <header className="header">
      <div className="header-content">
        <a className="home" href={hrefTo("/activity")}>
          <Logo />
        </a>
        <span className={`environment ${environment}`} title="The environment of this deployment">
          <span className="visually-hidden">Environment: </span>
          {environment}
        </span>
        <nav aria-label="Pages">
          {PAGES.map((page) => (
            <a
              key={page.path}
              href={hrefTo(page.path)}
              aria-current={path.startsWith(page.path) ? "page" : undefined}
            >
              {page.name}
            </a>
          ))}
        </nav>
        <Account />
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

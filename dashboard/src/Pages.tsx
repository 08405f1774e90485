import { useEffect, useRef } from "react";
import { ActivityPage } from "./features/activity/ActivityPage";
import { AuditPage } from "./features/audit/AuditPage";
import { PipelinePage } from "./features/pipeline/PipelinePage";
import { PlaygroundPage } from "./features/playground/PlaygroundPage";
import { PricesPage } from "./features/prices/PricesPage";
import { API_KEYS_PATH, isSettingsPath, SettingsPage } from "./features/settings/SettingsPage";
import { Header } from "./Header";
import { hrefTo, navigate, useRoute } from "./router";
import { PageHeading } from "./ui/PageHeading";

const HOME = "/activity";

/** Addresses that lead on to another. */
const REDIRECTS: Record<string, string> = {
  "/": HOME,
  "/settings": API_KEYS_PATH,
};

export function Pages() {
  const { path, search } = useRoute();
  const redirect = REDIRECTS[path];
  const main = useRef<HTMLElement>(null);

  useEffect(() => {
    if (redirect !== undefined) {
      navigate(hrefTo(redirect, search), { replace: true });
    }
  }, [redirect, search]);

  return (
    <>
      {/* Not a link: the fragment of the address is the page. */}
      <button type="button" className="skip" onClick={() => main.current?.focus()}>
        Skip to content
      </button>
      <Header path={path} search={search} />
      <main className="page" ref={main} tabIndex={-1}>
        {redirect === undefined && <Page path={path} search={search} />}
      </main>
    </>
  );
}

function Page({ path, search }: { path: string; search: string }) {
  if (isSettingsPath(path)) {
    return <SettingsPage path={path} />;
  }
  switch (path) {
    case HOME:
      return <ActivityPage search={search} />;
    case "/prices":
      return <PricesPage search={search} />;
    case "/pipeline":
      return <PipelinePage search={search} />;
    case "/audit":
      return <AuditPage search={search} />;
    case "/playground":
      return <PlaygroundPage search={search} />;
    default:
      return (
        <>
          <PageHeading title="Not found" />
          <p>
            There is no page at <code>{path}</code>. <a href={hrefTo(HOME)}>Go to Activity</a>
          </p>
        </>
      );
  }
}

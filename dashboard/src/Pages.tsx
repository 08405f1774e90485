import { useEffect, useRef } from "react";
import { ActivityPage } from "./features/activity/ActivityPage";
import { AnalyticsPage } from "./features/analytics/AnalyticsPage";
import { AuditPage } from "./features/audit/AuditPage";
import { CustomerPage } from "./features/customers/CustomerPage";
import { CustomersPage } from "./features/customers/CustomersPage";
import { OverviewPage } from "./features/overview/OverviewPage";
import { PipelinePage } from "./features/pipeline/PipelinePage";
import { PlaygroundPage } from "./features/playground/PlaygroundPage";
import { PricesPage } from "./features/prices/PricesPage";
import { API_KEYS_PATH, isSettingsPath, SettingsPage } from "./features/settings/SettingsPage";
import { Header } from "./Header";
import {
  ACTIVITY_PATH,
  ANALYTICS_PATH,
  AUDIT_PATH,
  customerOf,
  CUSTOMERS_PATH,
  OVERVIEW_PATH,
  PIPELINE_PATH,
  PLAYGROUND_PATH,
  PRICES_PATH,
} from "./paths";
import { hrefTo, navigate, useRoute } from "./router";
import { Boundary } from "./ui/Boundary";
import { PageHeading } from "./ui/PageHeading";

const HOME = OVERVIEW_PATH;

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
        <Boundary of={path}>
          {redirect === undefined && <Page path={path} search={search} />}
        </Boundary>
      </main>
    </>
  );
}

function Page({ path, search }: { path: string; search: string }) {
  if (isSettingsPath(path)) {
    return <SettingsPage path={path} />;
  }
  const customer = customerOf(path);
  if (customer !== null) {
    return <CustomerPage key={customer} id={customer} search={search} />;
  }
  switch (path) {
    case OVERVIEW_PATH:
      return <OverviewPage search={search} />;
    case ACTIVITY_PATH:
      return <ActivityPage search={search} />;
    case PRICES_PATH:
      return <PricesPage search={search} />;
    case PIPELINE_PATH:
      return <PipelinePage search={search} />;
    case AUDIT_PATH:
      return <AuditPage search={search} />;
    case PLAYGROUND_PATH:
      return <PlaygroundPage search={search} />;
    case ANALYTICS_PATH:
      return <AnalyticsPage search={search} />;
    case CUSTOMERS_PATH:
      return <CustomersPage search={search} />;
    default:
      return (
        <>
          <PageHeading title="Not found" />
          <p>
            There is no page at <code>{path}</code>. <a href={hrefTo(HOME)}>Go to Overview</a>
          </p>
        </>
      );
  }
}

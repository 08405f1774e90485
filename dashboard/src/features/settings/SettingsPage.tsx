import { hrefTo } from "../../router";
import { PageHeading } from "../../ui/PageHeading";
import { ApiKeysSection } from "../api-keys/ApiKeysSection";

export const API_KEYS_PATH = "/settings/api-keys";

export function SettingsPage() {
  return (
    <>
      <PageHeading title="Settings" />
      <nav aria-label="Settings" className="sub-nav">
        <a href={hrefTo(API_KEYS_PATH)} aria-current="page">
          API Keys
        </a>
      </nav>
      <ApiKeysSection />
    </>
  );
}

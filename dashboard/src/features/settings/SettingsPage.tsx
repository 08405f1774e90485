import type { ReactNode } from "react";
import { hrefTo } from "../../router";
import { PageHeading } from "../../ui/PageHeading";
import { ApiKeysSection } from "../api-keys/ApiKeysSection";
import { AccountSection } from "./AccountSection";
import { DeploymentSection } from "./DeploymentSection";
import { OperatorsSection } from "./OperatorsSection";
import "./settings.css";

export const API_KEYS_PATH = "/settings/api-keys";

interface Section {
  path: string;
  name: string;
  content: () => ReactNode;
}

const SECTIONS: readonly Section[] = [
  { path: API_KEYS_PATH, name: "API Keys", content: () => <ApiKeysSection /> },
  { path: "/settings/account", name: "Account", content: () => <AccountSection /> },
  { path: "/settings/operators", name: "Operators", content: () => <OperatorsSection /> },
  { path: "/settings/deployment", name: "Deployment", content: () => <DeploymentSection /> },
];

/** Whether there is such a part of the settings. */
export function isSettingsPath(path: string): boolean {
  return SECTIONS.some((section) => section.path === path);
}

export function SettingsPage({ path }: { path: string }) {
  const shown = SECTIONS.find((section) => section.path === path);
  return (
    <>
      <PageHeading title="Settings" />
      <nav aria-label="Settings" className="sub-nav">
        {SECTIONS.map((section) => (
          <a
            key={section.path}
            href={hrefTo(section.path)}
            aria-current={section === shown ? "page" : undefined}
          >
            {section.name}
          </a>
        ))}
      </nav>
      {shown?.content()}
    </>
  );
}

import { PageHeading } from "../../ui/PageHeading";
import { AccountsPanel, QueuePanel } from "./StatePanels";
import { DeadLettersPanel } from "./DeadLettersPanel";
import { LateChangesPanel } from "./LateChangesPanel";
import { ReratingsPanel } from "./ReratingsPanel";
import { usePipelineState } from "./usePipeline";
import "./pipeline.css";

/** What is on its way to the ledger, what got stuck, and what the ledger itself is unsure of. */
export function PipelinePage(_: { search: string }) {
  const state = usePipelineState();
  return (
    <>
      <PageHeading title="Pipeline" />
      <QueuePanel state={state} />
      <AccountsPanel state={state} />
      <DeadLettersPanel />
      <LateChangesPanel />
      <ReratingsPanel />
    </>
  );
}

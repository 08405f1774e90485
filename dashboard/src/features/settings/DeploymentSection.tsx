import { Fact, IdFact } from "../../ui/Facts";
import { useSession } from "../session/useSession";
import { retentionWords } from "./retention";

/** What is set for the whole deployment; it is changed where it is deployed, not here. */
export function DeploymentSection() {
  const session = useSession();
  return (
    <section className="card settings-card" aria-labelledby="deployment-title">
      <h2 id="deployment-title">Deployment</h2>
      <dl className="facts">
        <Fact label="Environment">{session.environment}</Fact>
        <IdFact label="Proxy" value={session.proxy_url} />
        <Fact label="Events are kept">{retentionWords(session.event_retention_days)}</Fact>
        <Fact label="Sums are kept">
          For ever, as are days changed late, re-rating runs and the audit log.
        </Fact>
      </dl>
      <p className="muted">These are settings of the deployment: they are changed there.</p>
    </section>
  );
}

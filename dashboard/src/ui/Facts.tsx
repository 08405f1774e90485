import type { ReactNode } from "react";
import { CopyButton } from "./CopyButton";
import "./details.css";

/** One line of a list of facts; what is not known has none. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  if (children === null || children === undefined || children === false || children === "") {
    return null;
  }
  return (
    <div className="fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** An identifier with a button that copies it. */
export function IdFact({ label, value }: { label: string; value: string | null | undefined }) {
  return (
    <Fact label={label}>
      {value && (
        <>
          <code className="id">{value}</code>
          <CopyButton text={value} what={label} />
        </>
      )}
    </Fact>
  );
}

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

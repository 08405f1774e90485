import { CopyButton } from "./CopyButton";

/** Preformatted text with a button that copies it. */
export function CodeBlock({ text, what }: { text: string; what: string }) {
  return (
    <div className="code-block">
      {/* Reachable by keyboard, because long lines scroll inside it. */}
      <pre tabIndex={0} role="group" aria-label={what}>
        <code>{text}</code>
      </pre>
      <CopyButton text={text} what={what} className="button small" />
    </div>
  );
}

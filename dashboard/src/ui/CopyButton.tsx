import { useEffect, useState } from "react";
import { copyText } from "./copyText";

interface Props {
  text: string;
  /** What is copied, for those who hear the button: "Copy event id". */
  what: string;
  /** Whether that is shown to those who see it too. */
  labelled?: boolean;
  className?: string;
}

export function CopyButton({
  text,
  what,
  labelled = false,
  className = "button small quiet",
}: Props) {
  const [outcome, setOutcome] = useState<"copied" | "failed" | null>(null);

  useEffect(() => {
    if (outcome === null) {
      return;
    }
    const timer = setTimeout(() => setOutcome(null), 2000);
    return () => clearTimeout(timer);
  }, [outcome]);

  return (
    <button
      type="button"
      className={className}
      onClick={async () => setOutcome((await copyText(text)) ? "copied" : "failed")}
    >
      <span aria-live="polite">
        {outcome === "copied" ? "Copied" : outcome === "failed" ? "Copying failed" : "Copy"}
      </span>
      {outcome === null && (
        <span className={labelled ? undefined : "visually-hidden"}>&nbsp;{what}</span>
      )}
    </button>
  );
}

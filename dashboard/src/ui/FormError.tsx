import type { ReactNode } from "react";
import { ErrorDetails } from "./ErrorPanel";

interface Props {
  /** What failed, as a sentence. */
  what: string;
  error: Error;
  /** What else to know or to do. */
  children?: ReactNode;
}

/** A failure told where it was asked for: in a form, a dialog, below a list. */
export function FormError({ what, error, children }: Props) {
  return (
    <div className="form-error">
      <p>{what}</p>
      <ErrorDetails error={error} />
      {children}
    </div>
  );
}

export type Tone = "neutral" | "good" | "warning" | "bad";

interface Props {
  text: string;
  tone?: Tone;
  /** Said before the text to those who hear it: a column of bare words would mean nothing. */
  prefix?: string;
  /** Why; shown on hover and said to those who hear it. */
  reason?: string | null | undefined;
}

/** A word in a coloured frame. The word is always there: colour is never the only sign. */
export function Badge({ text, tone = "neutral", prefix, reason }: Props) {
  return (
    <span className={`badge ${tone}`} title={reason ?? undefined}>
      {prefix !== undefined && <span className="visually-hidden">{prefix} </span>}
      {text}
      {reason && <span className="visually-hidden">: {reason}</span>}
    </span>
  );
}

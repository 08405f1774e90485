/** One part of the download, and where the next begins; null when it was the last. */
export interface CsvPart {
  text: string;
  nextCursor: string | null;
}

export interface DownloadProgress {
  /** Rows so far, without the headings. */
  rows: number;
  characters: number;
}

/**
 * Fetches all parts, one after the other, and returns them in order: joined they are the file, since
 * only the first has the headings. Aborting the signal throws its reason.
 */
export async function fetchAllParts(
  fetchPart: (cursor: string | null, signal: AbortSignal) => Promise<CsvPart>,
  signal: AbortSignal,
  onProgress: (progress: DownloadProgress) => void,
): Promise<string[]> {
  const parts: string[] = [];
  let cursor: string | null = null;
  let lines = 0;
  let characters = 0;
  do {
    const part: CsvPart = await fetchPart(cursor, signal);
    signal.throwIfAborted();
    parts.push(part.text);
    lines += countLines(part.text);
    characters += part.text.length;
    cursor = part.nextCursor;
    onProgress({ rows: Math.max(lines - 1, 0), characters });
  } while (cursor !== null);
  return parts;
}

/** Line ends inside of quoted fields are none of the file's own. */
export function countLines(csv: string): number {
  let lines = 0;
  let quoted = false;
  for (let at = 0; at < csv.length; at += 1) {
    const character = csv.charCodeAt(at);
    if (character === QUOTE) {
      quoted = !quoted;
    } else if (character === LINE_FEED && !quoted) {
      lines += 1;
    }
  }
  return lines;
}

const QUOTE = 0x22;
const LINE_FEED = 0x0a;

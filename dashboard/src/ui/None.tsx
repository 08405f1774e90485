/** What a cell shows that has nothing in it. */
export function None({ said = "none" }: { said?: string }) {
  return (
    <span className="none">
      <span aria-hidden="true">—</span>
      <span className="visually-hidden">{said}</span>
    </span>
  );
}

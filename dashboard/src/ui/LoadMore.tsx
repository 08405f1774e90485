import { FormError } from "./FormError";

interface Props {
  /** How many are shown, in words. */
  shown: string;
  /** Of what more could not be loaded. */
  what: string;
  list: {
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    isFetchNextPageError: boolean;
    error: Error | null;
    fetchNextPage: () => Promise<unknown>;
  };
}

/** The end of a list that is read by cursor. */
export function LoadMore({ shown, what, list }: Props) {
  return (
    <div className="load-more">
      <p role="status">
        {shown} shown{list.hasNextPage ? "" : ", there are no more"}
      </p>
      {list.isFetchNextPageError && (
        <div role="alert">
          <FormError what={`More ${what} could not be loaded.`} error={list.error!} />
        </div>
      )}
      {list.hasNextPage && (
        <button
          type="button"
          className="button"
          onClick={() => void list.fetchNextPage()}
          aria-disabled={list.isFetchingNextPage}
        >
          {list.isFetchingNextPage ? "Loading…" : "Load more"}
        </button>
      )}
    </div>
  );
}

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { Api } from "./api/api";
import { ApiProvider } from "./api/ApiContext";
import { isWorthRetrying } from "./api/errors";
import { forgetSession, SessionProvider, useSessionState } from "./features/session/useSession";
import { SignInPage } from "./features/session/SignInPage";
import { Pages } from "./Pages";
import { ErrorPanel } from "./ui/ErrorPanel";
import { Skeleton } from "./ui/Skeleton";

const RETRIES = 2;

/** The whole page. How it reaches the server comes in, so that tests can stand in for it. */
export function App({ fetchIt }: { fetchIt: typeof fetch }) {
  const [{ queries, api }] = useState(() => {
    const queries = newQueryClient();
    return { queries, api: new Api(fetchIt, () => forgetSession(queries, { ended: true })) };
  });
  return (
    <QueryClientProvider client={queries}>
      <ApiProvider value={api}>
        <SessionGate />
      </ApiProvider>
    </QueryClientProvider>
  );
}

function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: (failures, error) => failures < RETRIES && isWorthRetrying(error),
        // A table that reloads because the tab was looked at again loses the reader's place.
        refetchOnWindowFocus: false,
        // Without a network the call fails and says so, instead of waiting silently for one.
        networkMode: "always",
      },
    },
  });
}

/**
 * Signing in is not a page with an address: it stands in front of whatever page was asked for, which
 * is there once it is done.
 */
function SessionGate() {
  const session = useSessionState();
  if (session.data?.state === "signed-in") {
    return (
      <SessionProvider value={session.data.session}>
        <Pages />
      </SessionProvider>
    );
  }
  if (session.data?.state === "signed-out") {
    return <SignInPage ended={session.data.ended} />;
  }
  return (
    <main className="page">
      {session.isError ? (
        <ErrorPanel
          what="The dashboard could not be loaded."
          error={session.error}
          onRetry={() => void session.refetch()}
          retrying={session.isFetching}
        />
      ) : (
        <Skeleton label="Loading" lines={3} />
      )}
    </main>
  );
}

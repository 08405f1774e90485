import { QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { useApi } from "../../api/ApiContext";
import type { Session } from "../../api/types";

export type SessionState =
  | { state: "signed-in"; session: Session }
  /** `ended`: there was a session, and the server no longer knows it. */
  | { state: "signed-out"; ended: boolean };

const SESSION = ["session"];

export function useSessionState() {
  const api = useApi();
  return useQuery<SessionState>({
    queryKey: SESSION,
    queryFn: async ({ signal }) => {
      const session = await api.session(signal);
      return session === null
        ? { state: "signed-out", ended: false }
        : { state: "signed-in", session };
    },
    // From then on, signing in and out and refused calls say how it stands.
    staleTime: Infinity,
  });
}

/** Whoever signs in next must not see what the last one had loaded. */
export function forgetSession(queries: QueryClient, { ended }: { ended: boolean }): void {
  queries.setQueryData<SessionState>(SESSION, (known) =>
    known?.state === "signed-out" ? known : { state: "signed-out", ended },
  );
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION[0] });
}

export function useSignIn() {
  const api = useApi();
  const queries = useQueryClient();
  return async (name: string, password: string): Promise<void> => {
    const session = await api.signIn(name, password);
    const state: SessionState = { state: "signed-in", session };
    queries.setQueryData<SessionState>(SESSION, () => state);
  };
}

export function useSignOut() {
  const api = useApi();
  const queries = useQueryClient();
  return async (): Promise<void> => {
    await api.signOut();
    forgetSession(queries, { ended: false });
  };
}

const SessionContext = createContext<Session | null>(null);

export const SessionProvider = SessionContext.Provider;

/** The session of the pages that are shown only to whom is signed in. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) {
    throw new Error("useSession is called outside of SessionProvider");
  }
  return session;
}

import { useState, type FormEvent } from "react";
import { ApiError } from "../../api/errors";
import { FormError } from "../../ui/FormError";
import { Logo } from "../../ui/Logo";
import { usePageTitle } from "../../ui/usePageTitle";
import { useSignIn } from "./useSession";
import "./session.css";

export function SignInPage({ ended }: { ended: boolean }) {
  usePageTitle("Sign in");
  const signIn = useSignIn();
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<Error | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (sending) {
      return;
    }
    const form = event.currentTarget;
    const fields = new FormData(form);
    setSending(true);
    setError(null);
    try {
      await signIn(String(fields.get("name")), String(fields.get("password")));
    } catch (failure) {
      setError(failure as Error);
      setSending(false);
      form.querySelector<HTMLInputElement>("input[name=password]")?.select();
    }
  }

  return (
    <main className="sign-in">
      <form className="card sign-in-form" onSubmit={submit} aria-labelledby="sign-in-title">
        <Logo />
        <h1 id="sign-in-title">Sign in</h1>
        {ended && error === null && (
          <p className="note" role="status">
            Your session has ended. Sign in again to go on where you were.
          </p>
        )}
        <label className="field">
          <span className="label">Name</span>
          <input name="name" autoComplete="username" required autoFocus spellCheck={false} />
        </label>
        <label className="field">
          <span className="label">Password</span>
          <input name="password" type="password" autoComplete="current-password" required />
        </label>
        <div role="alert">{error !== null && <SignInError error={error} />}</div>
        <button type="submit" className="button primary" aria-disabled={sending}>
          {sending ? "Signing in…" : "Sign in"}
        </button>
      </form>
    </main>
  );
}

function SignInError({ error }: { error: Error }) {
  if (error instanceof ApiError && error.status === 401) {
    return <p className="form-error">The name or the password is wrong.</p>;
  }
  if (error instanceof ApiError && error.status === 429) {
    const wait = error.retryAfterSeconds;
    return (
      <p className="form-error">
        Too many attempts. Try again {wait === null ? "later" : `in ${wait} s`}.
      </p>
    );
  }
  return <FormError what="Signing in did not work." error={error} />;
}

import { useState } from "react";
import { useApi } from "../../api/ApiContext";
import { Dialog, useCloseDialog } from "../../ui/Dialog";
import { FormError } from "../../ui/FormError";
import { Fact } from "../../ui/Facts";
import { useSession } from "../session/useSession";
import { chooseTheme, readTheme, THEMES, type Theme } from "./theme";

/** Who is signed in here, and how the page looks to them. */
export function AccountSection() {
  const { name, role } = useSession();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <section className="card settings-card" aria-labelledby="profile-title">
        <h2 id="profile-title">Signed in</h2>
        <dl className="facts">
          <Fact label="Name">{name}</Fact>
          <Fact label="Role">{role}</Fact>
        </dl>
        <p className="muted">
          Signing out everywhere ends all your sessions, in every browser, this one included. API
          keys go on working.
        </p>
        <p>
          <button type="button" className="button danger" onClick={() => setAsking(true)}>
            Sign out everywhere
          </button>
        </p>
      </section>
      <ThemeSection />
      {asking && (
        <Dialog title="Sign out everywhere" onClosed={() => setAsking(false)}>
          <ConfirmSignOut />
        </Dialog>
      )}
    </>
  );
}

function ConfirmSignOut() {
  const api = useApi();
  const close = useCloseDialog();
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<Error | null>(null);

  async function signOut() {
    if (sending) {
      return;
    }
    setSending(true);
    setError(null);
    try {
      // The sign-in page then takes this page's place.
      await api.signOutEverywhere();
    } catch (failure) {
      setError(failure as Error);
      setSending(false);
    }
  }

  return (
    <div className="dialog-form">
      <p>All your sessions end now, in every browser. You will have to sign in again here.</p>
      <div role="alert">
        {error !== null && <FormError what="Signing out did not work." error={error} />}
      </div>
      <div className="dialog-actions">
        <button type="button" className="button" data-autofocus onClick={close}>
          Cancel
        </button>
        <button
          type="button"
          className="button danger"
          onClick={() => void signOut()}
          aria-disabled={sending}
        >
          {sending ? "Signing out…" : "Sign out everywhere"}
        </button>
      </div>
    </div>
  );
}

const THEME_NAMES: Record<Theme, string> = {
  system: "As the system",
  light: "Light",
  dark: "Dark",
};

function ThemeSection() {
  const [theme, setTheme] = useState(readTheme);
  const [forgetful, setForgetful] = useState(false);

  function choose(chosen: Theme) {
    setTheme(chosen);
    setForgetful(!chooseTheme(chosen));
  }

  return (
    <section className="card settings-card" aria-labelledby="theme-title">
      <h2 id="theme-title">Theme</h2>
      <fieldset className="segments">
        <legend className="visually-hidden">Theme</legend>
        {THEMES.map((each) => (
          <label key={each}>
            <input
              type="radio"
              name="theme"
              checked={theme === each}
              onChange={() => choose(each)}
            />
            <span>{THEME_NAMES[each]}</span>
          </label>
        ))}
      </fieldset>
      <p className="muted" role="status">
        {forgetful
          ? "This browser does not let the page remember it."
          : "Remembered in this browser only."}
      </p>
    </section>
  );
}

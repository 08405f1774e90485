import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useId,
  useRef,
  type MouseEvent,
  type ReactNode,
  type SyntheticEvent,
} from "react";

interface Props {
  title: string;
  /** Called once the dialog is closed, however that came about; the caller then stops drawing it. */
  onClosed: () => void;
  /** `drawer` stands at the side and is as high as the window. */
  kind?: "centre" | "drawer";
  /** False where Esc or a stray click would lose something: only a button inside closes it then. */
  dismissible?: boolean;
  children: ReactNode;
}

const CloseContext = createContext<() => void>(() => {});

/** Closes the dialog around. The browser then gives the focus back to what had it before. */
export function useCloseDialog(): () => void {
  return useContext(CloseContext);
}

/** A modal on the browser's own dialog element, open as long as it is drawn. */
export function Dialog({ title, onClosed, kind = "centre", dismissible = true, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    if (dialog.current !== null && !dialog.current.open) {
      dialog.current.showModal();
      // React's autoFocus comes too early: a closed dialog's content can't take the focus.
      dialog.current.querySelector<HTMLElement>("[data-autofocus]")?.focus();
    }
  }, []);

  useEffect(() => {
    // React passes no such attribute on. Without it, a second Esc closes even where the first was
    // refused.
    dialog.current?.setAttribute("closedby", dismissible ? "closerequest" : "none");
  }, [dismissible]);

  const toldClosed = useRef(false);
  const tellClosed = useCallback(() => {
    if (!toldClosed.current) {
      toldClosed.current = true;
      onClosed();
    }
  }, [onClosed]);

  const close = useCallback(() => {
    dialog.current?.close();
    // The element's own close event comes a moment later; a secret must not stand there till then.
    tellClosed();
  }, [tellClosed]);

  function refuseIfKept(event: SyntheticEvent) {
    if (!dismissible) {
      event.preventDefault();
    }
  }

  // The content fills the element: only the backdrop's clicks have the dialog itself as target. A
  // drag that selects text and ends outside also clicks it, but did not start there.
  const pressedBackdrop = useRef(false);

  function press(event: MouseEvent) {
    pressedBackdrop.current = event.target === dialog.current;
  }

  function closeFromBackdrop(event: MouseEvent) {
    if (dismissible && pressedBackdrop.current && event.target === dialog.current) {
      close();
    }
  }

  return (
    <dialog
      ref={dialog}
      className={`dialog ${kind}`}
      aria-labelledby={titleId}
      onClose={tellClosed}
      onCancel={refuseIfKept}
      onMouseDown={press}
      onClick={closeFromBackdrop}
    >
      <CloseContext value={close}>
        <div className="dialog-content">
          <header className="dialog-header">
            <h2 id={titleId}>{title}</h2>
            {dismissible && (
              <button type="button" className="button quiet small" onClick={close}>
                Close
              </button>
            )}
          </header>
          {children}
        </div>
      </CloseContext>
    </dialog>
  );
}

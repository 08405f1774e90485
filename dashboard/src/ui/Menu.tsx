import {
  createContext,
  useContext,
  useEffect,
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from "react";

const CloseContext = createContext<() => void>(() => {});

/** Closes the menu around, and gives the focus back to its button. */
export function useCloseMenu(): () => void {
  return useContext(CloseContext);
}

interface Props {
  label: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A button that unfolds what is inside it; Esc and a click elsewhere fold it again. */
export function Menu({ label, className = "", children }: Props) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const contentId = useId();

  useEffect(() => {
    if (!open) {
      return;
    }
    function pressed(event: PointerEvent) {
      if (!root.current?.contains(event.target as Node)) {
        setOpen(false);
      }
    }
    document.addEventListener("pointerdown", pressed);
    return () => document.removeEventListener("pointerdown", pressed);
  }, [open]);

  function close() {
    setOpen(false);
    button.current?.focus();
  }

  function keyed(event: KeyboardEvent) {
    if (open && event.key === "Escape") {
      event.stopPropagation();
      close();
    }
  }

  return (
    <div className={`menu ${className}`} ref={root} onKeyDown={keyed}>
      <button
        ref={button}
        type="button"
        className="button menu-button"
        aria-expanded={open}
        aria-controls={contentId}
        onClick={() => setOpen(!open)}
      >
        {label}
        <span className="menu-arrow" aria-hidden="true" />
      </button>
      <div id={contentId} className="menu-content" hidden={!open}>
        <CloseContext value={close}>{open && children}</CloseContext>
      </div>
    </div>
  );
}

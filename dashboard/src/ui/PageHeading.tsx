import { useEffect, useRef } from "react";
import { usePageTitle } from "./usePageTitle";

/** The page's heading. It takes the focus when the page is gone to, so that it is read out. */
export function PageHeading({ title }: { title: string }) {
  usePageTitle(title);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // On the first load the focus stays where the browser put it.
    if (document.activeElement !== document.body) {
      heading.current?.focus({ preventScroll: true });
    }
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {title}
    </h1>
  );
}

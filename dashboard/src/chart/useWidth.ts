import { useLayoutEffect, useRef, useState } from "react";

/** Before it is known, and where nothing is laid out. */
const WIDTH = 720;

/** The width of an element in pixels, as it changes. */
export function useWidth() {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(WIDTH);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) {
      return;
    }
    const measure = () => setWidth(Math.floor(element.clientWidth) || WIDTH);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, width };
}

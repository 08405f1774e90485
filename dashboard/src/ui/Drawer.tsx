import type { ComponentProps } from "react";
import { Dialog } from "./Dialog";

/** A dialog at the side, for everything about one row; Esc and a click outside close it. */
export function Drawer(props: Omit<ComponentProps<typeof Dialog>, "kind" | "dismissible">) {
  return <Dialog kind="drawer" {...props} />;
}

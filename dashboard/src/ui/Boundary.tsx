import { Component, type ReactNode } from "react";
import { ErrorDetails } from "./ErrorPanel";

interface Props {
  /** Another one begins anew: what could not be drawn before may well be drawn now. */
  of: unknown;
  /** Where what stands beside it says it. */
  quietly?: boolean;
  children: ReactNode;
}

interface State {
  error: Error | null;
  of: unknown;
}

/** Keeps what can't be drawn (an answer of an unknown form, say) from blanking what is around it. */
export class Boundary extends Component<Props, State> {
  override state: State = { error: null, of: this.props.of };

  static getDerivedStateFromError(error: Error): Partial<State> {
    return { error };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.of === state.of ? null : { error: null, of: props.of };
  }

  override render() {
    const { error } = this.state;
    if (error === null) {
      return this.props.children;
    }
    return this.props.quietly ? null : (
      <div className="state-panel error-panel" role="alert">
        <p className="state-title">This part could not be shown.</p>
        <ErrorDetails error={error} />
      </div>
    );
  }
}

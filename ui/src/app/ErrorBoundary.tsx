import { Component, type ReactNode } from "react";
import { ErrorState } from "../kit/ErrorState";

interface Props {
  children: ReactNode;
  /** A new key, such as another view, clears the error. */
  resetKey: string;
}

/** Catches what a page throws, so that the frame and the other views stay usable. */
export class ErrorBoundary extends Component<Props, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override componentDidUpdate(before: Props) {
    if (before.resetKey !== this.props.resetKey && this.state.error) this.setState({ error: null });
  }

  override render() {
    if (!this.state.error) return this.props.children;
    return <ErrorState title="This view stopped working" error={this.state.error} onRetry={() => this.setState({ error: null })} />;
  }
}

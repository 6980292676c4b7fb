import { Component, type ReactNode } from 'react';
import { ProblemNote } from './problem-note.tsx';

interface BoundaryProps {
  readonly children: ReactNode;
}

/** Keeps a part that crashed from taking the page with it. */
export class Boundary extends Component<BoundaryProps, { problem?: unknown }> {
  override state: { problem?: unknown } = {};

  static getDerivedStateFromError(problem: unknown) {
    return { problem };
  }

  override render() {
    if (this.state.problem === undefined) return this.props.children;
    return (
      <div className="pad">
        <ProblemNote problem={this.state.problem} onRetry={() => this.setState({ problem: undefined })} />
      </div>
    );
  }
}

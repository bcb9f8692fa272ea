import Button from "@cloudscape-design/components/button";
import Spinner from "@cloudscape-design/components/spinner";
import { formatCount } from "../../../kit/format";

interface SearchingProps {
  searching: boolean;
  found: number;
  /** Whether older events were not looked at yet. */
  hasMore: boolean;
  onStop: () => void;
  onMore: () => void;
}

/** At the foot of the list: that older events are looked through, and how to stop or go on. */
export function Searching({ searching, found, hasMore, onStop, onMore }: SearchingProps) {
  if (searching) {
    return (
      <div className="stream-foot" role="status">
        <Spinner /> Looking further back, {formatCount(found)} found so far
        <Button variant="inline-link" onClick={onStop}>Stop</Button>
      </div>
    );
  }
  return hasMore ? <div className="stream-foot"><Button variant="inline-link" onClick={onMore}>Look further back</Button></div> : null;
}

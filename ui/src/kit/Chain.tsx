import { ChainLink, type ChainItem } from "./ChainLink";
import { useRoving } from "./useRoving";
import "./chain.css";

/** Alert source to queue, each link with its true state; one tab stop, arrows move, Enter opens. */
export function Chain({ links, label }: { links: readonly ChainItem[]; label: string }) {
  const roving = useRoving(links.length, 1);
  return (
    <ol className="chain" aria-label={label} onKeyDown={roving.onKeyDown}>
      {links.map((link, index) => (
        <ChainLink key={link.kind} link={link} roving={roving.cell(index)} />
      ))}
    </ol>
  );
}

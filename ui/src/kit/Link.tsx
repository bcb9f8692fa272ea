import CloudscapeLink, { type LinkProps } from "@cloudscape-design/components/link";
import { useFollow } from "../router/useFollow";

/** A link to another place in the window; take the address from `paths`. */
export function Link({ children, ...props }: LinkProps & { href: string }) {
  return <CloudscapeLink {...props} onFollow={useFollow()}>{children}</CloudscapeLink>;
}

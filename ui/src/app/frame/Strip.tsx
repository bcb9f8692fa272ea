import { Brand } from "./Brand";
import { ThemeSwitch } from "./ThemeSwitch";

/** The strip above every page: which AWS, whether it may be written to, whether the poller is alive. */
export function Strip() {
  return (
    <header id="strip" className="awsui-context-top-navigation" aria-label="Environment">
      <Brand />
      <span className="wb-grow" />
      <ThemeSwitch />
    </header>
  );
}

import { Brand } from "../Brand";
import { Environment } from "./Environment";
import { Poller } from "./Poller";
import { Search } from "./Search";
import { Settling } from "./Settling";
import { ThemeSwitch } from "./ThemeSwitch";

/** The strip above every page: which AWS, whether it may be written to, whether the poller is alive; palette and theme. */
export function Strip() {
  return (
    <header id="strip" data-testid="strip" className="awsui-context-top-navigation">
      <Brand />
      <span className="strip-rule" />
      <Environment />
      <span className="wb-grow" />
      <Settling />
      <Poller />
      <span className="strip-rule" />
      <Search />
      <ThemeSwitch />
    </header>
  );
}

import { useLocation } from "../../router/location";
import { SetupEntry } from "./components/SetupEntry";
import { SetupWizardLoader } from "./components/SetupWizardLoader";

/** The wizard for one alert action or a new one; without one, the choice. */
export default function SetupPage() {
  const [id] = useLocation().rest;
  return (
    <div data-testid="view-setup">
      {id === undefined ? <SetupEntry /> : <SetupWizardLoader key={id} actionId={id === "new" ? null : id} />}
    </div>
  );
}

import Header from "@cloudscape-design/components/header";
import { Page } from "../../app/frame/Page";

/** The wizard that sets up a chain. */
export default function SetupPage() {
  return (
    <Page crumbs={[{ text: "Set up", href: "#/setup" }]}>
      <Header variant="h1">Set up</Header>
    </Page>
  );
}

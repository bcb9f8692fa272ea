import Header from "@cloudscape-design/components/header";
import { Page } from "../../app/frame/Page";

/** The connections and the sandbox. */
export default function ConnectionsPage() {
  return (
    <Page crumbs={[{ text: "Connections & sandbox", href: "#/connections" }]}>
      <Header variant="h1">Connections & sandbox</Header>
    </Page>
  );
}

import Header from "@cloudscape-design/components/header";
import { Page } from "../../app/frame/Page";

/** The alert sources, each with its alert actions and incidents. */
export default function SourcesPage() {
  return (
    <Page crumbs={[{ text: "Alert sources", href: "#/sources" }]}>
      <Header variant="h1">Alert sources</Header>
    </Page>
  );
}

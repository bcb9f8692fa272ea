import Header from "@cloudscape-design/components/header";
import { Page } from "../../app/frame/Page";

/** The alert actions. */
export default function ActionsPage() {
  return (
    <Page crumbs={[{ text: "Alert actions", href: "#/actions" }]}>
      <Header variant="h1">Alert actions</Header>
    </Page>
  );
}

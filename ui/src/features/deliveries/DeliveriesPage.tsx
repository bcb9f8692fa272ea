import Header from "@cloudscape-design/components/header";
import { Page } from "../../app/frame/Page";

/** What was published and what was read back. */
export default function DeliveriesPage() {
  return (
    <Page crumbs={[{ text: "Deliveries", href: "#/deliveries" }]}>
      <Header variant="h1">Deliveries</Header>
    </Page>
  );
}

import { useMutation } from "@tanstack/react-query";
import { call } from "../../../ipc/call";
import { useNotify } from "../../../notify/NotifyContext";

/** Opens a page of the AWS console in the browser. */
export function useOpenPage() {
  const notify = useNotify();
  return useMutation({
    mutationFn: (address: string) => call<null>("open_aws_page", { address }),
    onError: (error, address) => notify.fail(`The page was not opened: ${address}`, error, "aws-page"),
  });
}

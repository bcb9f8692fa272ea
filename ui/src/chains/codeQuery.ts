import { queryOptions, useMutation } from "@tanstack/react-query";
import type { ChainCode } from "../ipc/bindings/ChainCode";
import type { CodeKind } from "../ipc/bindings/CodeKind";
import type { Exported } from "../ipc/bindings/Exported";
import { call } from "../ipc/call";
import { copyText } from "../kit/copyText";
import { useNotify } from "../notify/NotifyContext";

/** A chain as code, from what AWS says of it now. */
export const codeQuery = (actionId: string, kind: CodeKind) =>
  queryOptions({ queryKey: ["chain_code", actionId, kind], queryFn: () => call<ChainCode>("chain_code", { actionId, kind }), staleTime: 0, gcTime: 0 });

/** Writes a chain as code to a file in the data folder, and says where it lies. */
export function useSaveCode(actionId: string) {
  const notify = useNotify();
  return useMutation<Exported, Error, CodeKind>({
    mutationFn: (kind) => call<Exported>("save_chain_code", { actionId, kind }),
    onSuccess: ({ path }) =>
      notify.show({ type: "success", id: "chain-code", header: "The code was saved", content: path, action: { text: "Copy path", onClick: () => void copyText(Promise.resolve(path)) } }),
    onError: (error) => notify.fail("The code was not saved", error, "chain-code"),
  });
}

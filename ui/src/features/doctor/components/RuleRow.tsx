import type { RuleMatchView } from "../../../ipc/bindings/RuleMatchView";
import { Code } from "../../../kit/Code";
import { FieldOutcomes } from "../../../kit/FieldOutcomes";
import { Glyph } from "../../../kit/Glyph";
import { awsWords, reasonOf, ruleWords } from "../model/ruleWords";
import { plain } from "../model/evidence";

/** One rule: whether it takes the event, the field that fails, and what AWS says. */
export function RuleRow({ rule, asked }: { rule: RuleMatchView; asked: boolean }) {
  const { word, tone, sign } = ruleWords(rule);
  const aws = awsWords(rule);
  return (
    <tr data-testid={`rule-${rule.rule}`} data-matched={String(rule.matched)}>
      <td><b className="wb-wrap">{rule.rule}</b>{!rule.enabled && <div className="wb-small t-warn">Disabled</div>}</td>
      <td><span className={`rule-word t-${tone}`}><Glyph verdict={sign} />{word}</span></td>
      <td>
        <div className="wb-wrap">{reasonOf(rule)}</div>
        <details>
          <summary>Pattern and fields</summary>
          <FieldOutcomes fields={rule.fields} />
          <Code label={`Pattern of ${rule.rule}`} numbers={false} wrap maxHeight={220}>{plain(rule.pattern ?? "none: it runs on a schedule")}</Code>
        </details>
      </td>
      {asked && <td><span className={`rule-word t-${aws.tone}`}><Glyph verdict={aws.sign} />{aws.word}</span>{rule.aws_refused && <div className="wb-small wb-secondary wb-wrap">{rule.aws_refused}</div>}</td>}
    </tr>
  );
}

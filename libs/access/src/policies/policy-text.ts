import { policyNames } from './policy-names';

/**
 * Who may do what, in Cedar. Default deny: what no `permit` names is refused, and a `forbid` wins over any
 * `permit`, also for a person who holds several roles. Which rows (own agency, own task) is checked by the
 * use case, because it alone has read them.
 */
export const policyText = `
@id("everybody-logged-in")
permit (
  principal is Person,
  action in [
    Action::"session.read", Action::"session.change", Action::"session.close",
    Action::"directory.read", Action::"key.read",
    Action::"notice.read"
  ],
  resource
);

@id("drafter")
permit (
  principal in Role::"drafter",
  action in [
    Action::"document.create", Action::"document.edit", Action::"document.list", Action::"document.search", Action::"document.read",
    Action::"document.review", Action::"document.change-signer",
    Action::"document.place", Action::"document.read-form",
    Action::"recipient-group.read", Action::"recipient-group.change",
    Action::"incoming.read", Action::"incoming.handle"
  ],
  resource
);

@id("leader")
permit (
  principal in Role::"leader",
  action in [
    Action::"document.list", Action::"document.search", Action::"document.read", Action::"document.review", Action::"document.approve",
    Action::"document.sign", Action::"document.withdraw", Action::"incoming.take-back",
    Action::"document.cancel", Action::"signing.operate",
    Action::"incoming.read", Action::"incoming.verify", Action::"incoming.instruct", Action::"incoming.handle",
    Action::"evidence.read", Action::"register.read", Action::"monitor.read", Action::"statistics.read"
  ],
  resource
);

// Reviews the form: initials it as a step, and returns what is wrong up to the number.
@id("clerk")
permit (
  principal in Role::"clerk",
  action in [
    Action::"document.list", Action::"document.search", Action::"document.read", Action::"document.review", Action::"document.number",
    Action::"document.copy",
    Action::"document.agency-sign", Action::"document.change-signer", Action::"document.dispatch",
    Action::"document.place", Action::"document.read-form",
    Action::"recipient-group.read", Action::"recipient-group.change",
    Action::"document.issue", Action::"document.withdraw", Action::"incoming.take-back",
    Action::"document.cancel", Action::"signing.operate",
    Action::"incoming.read", Action::"incoming.verify", Action::"incoming.accept", Action::"incoming.refuse",
    Action::"incoming.enter", Action::"incoming.submit", Action::"incoming.handle",
    Action::"evidence.read", Action::"dead-letter.read", Action::"dead-letter.resend",
    Action::"register.read", Action::"register.close", Action::"monitor.read", Action::"statistics.read"
  ],
  resource
);

// Evidence says who sent and received what and when; it holds no content.
@id("inspector")
permit (
  principal in Role::"inspector",
  action in [Action::"audit.read", Action::"evidence.read", Action::"node.read"],
  resource
);

@id("administrator")
permit (
  principal in Role::"administrator",
  action in [
    Action::"directory.administer", Action::"key.release", Action::"node.read",
    Action::"dead-letter.read", Action::"dead-letter.resend"
  ],
  resource
);

// A leader delegates and sets inspections going; those concerned see what there is.
@id("leader-delegates")
permit (
  principal in Role::"leader",
  action in [
    Action::"delegation.read", Action::"delegation.give", Action::"delegation.end",
    Action::"mandate.read", Action::"mandate.enter"
  ],
  resource
);

@id("delegate-sees")
permit (principal in Role::"drafter", action == Action::"delegation.read", resource);

@id("clerk-delegate-sees")
permit (principal in Role::"clerk", action == Action::"delegation.read", resource);

@id("inspector-has-mandates")
permit (principal in Role::"inspector", action == Action::"mandate.read", resource);

@id("administrator-of-keys-and-delegations")
permit (
  principal in Role::"administrator",
  action in [Action::"delegation.read", Action::"delegation.end", Action::"key.import"],
  resource
);

@id("other-node")
permit (principal is Node, action == Action::"transport.receive", resource);

// Law on State Secrets: access by need to know; an administrator never reads content, whatever else
// the person is.
@id("administrator-never-reads")
forbid (principal in Role::"administrator", action in Action::"content", resource);

// Whoever inspects the trail takes no part in what it records.
@id("inspector-takes-no-part")
forbid (principal in Role::"inspector", action in Action::"content", resource);
`;

/** Policies that let content of documents be read or changed: the group `content` above. */
const contentPolicies: readonly string[] = policyNames.filter((name) =>
  /^(document|incoming|register|signing)\./.test(name),
);

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

/** The vocabulary of the policies, against which a test validates them. */
export const policySchema = `
entity Role;
entity Person in [Role];
entity Node;
entity System;
entity Anonymous;
entity Application;
action "content";
action ${quoted(contentPolicies)} in [Action::"content"] appliesTo {
  principal: [Person, Node, System, Anonymous], resource: [Application]
};
action ${quoted(policyNames.filter((name) => !contentPolicies.includes(name)))} appliesTo {
  principal: [Person, Node, System, Anonymous], resource: [Application]
};
`;

/** Action entities, for the membership in `content`. */
export const actionEntities = contentPolicies.map((id) => ({
  uid: { type: 'Action', id },
  attrs: {},
  parents: [{ type: 'Action', id: 'content' }],
}));

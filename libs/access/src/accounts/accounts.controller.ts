import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page, PersonActor } from '#platform';
import { CurrentPerson, Id, PageQuery, RequirePolicy, SecretAnswer, Text } from '#platform';
import type { AccountView, GivenPassword } from './administer-accounts';
import { AdministerAccounts } from './administer-accounts';

export class AccountPath {
  @Id({ description: 'The person.' })
  readonly id: string;
}

export class AccountsQuery extends PageQuery {
  @Id({ optional: true, description: 'The login of this person alone; none for who has none.' })
  readonly personId?: string;
}

export class CreateAccountBody {
  @Text({ min: 3, max: 100, pattern: /^[A-Za-z0-9][A-Za-z0-9._-]*[A-Za-z0-9]$/, example: 'vanthu.tinhuy' })
  readonly loginName: string;
}

export class AccountReason {
  @Text({ min: 3, max: 500, description: 'Why, and how the person was identified.' })
  readonly reason: string;
}

const policy = 'directory.administer';

@ApiTags('administration')
@Controller('api/v1/admin')
export class AccountsController {
  constructor(private readonly accounts: AdministerAccounts) {}

  @Get('accounts')
  @RequirePolicy(policy)
  @ApiOperation({ summary: 'Logins of the people of administered agencies.' })
  list(@CurrentPerson() by: PersonActor, @Query() query: AccountsQuery): Promise<Page<AccountView>> {
    return this.accounts.list(by, query);
  }

  @Post('people/:id/account')
  @SecretAnswer()
  @RequirePolicy(policy)
  @ApiOperation({ summary: 'Gives a person a login; the initial password is told once.' })
  create(
    @CurrentPerson() by: PersonActor,
    @Param() { id }: AccountPath,
    @Body() { loginName }: CreateAccountBody,
  ): Promise<GivenPassword> {
    return this.accounts.create(by, id, loginName);
  }

  @Post('people/:id/account/reset')
  @SecretAnswer()
  @HttpCode(200)
  @RequirePolicy(policy)
  @ApiOperation({ summary: 'Gives a new initial password and ends all sessions.' })
  reset(
    @CurrentPerson() by: PersonActor,
    @Param() { id }: AccountPath,
    @Body() { reason }: AccountReason,
  ): Promise<GivenPassword> {
    return this.accounts.reset(by, id, reason);
  }

  @Post('people/:id/account/lock')
  @HttpCode(204)
  @RequirePolicy(policy)
  @ApiOperation({ summary: 'Locks a login and ends all its sessions at once.' })
  @ApiNoContentResponse()
  lock(
    @CurrentPerson() by: PersonActor,
    @Param() { id }: AccountPath,
    @Body() { reason }: AccountReason,
  ): Promise<void> {
    return this.accounts.lock(by, id, reason);
  }

  @Post('people/:id/account/unlock')
  @HttpCode(204)
  @RequirePolicy(policy)
  @ApiOperation({ summary: 'Opens a locked login again.' })
  @ApiNoContentResponse()
  unlock(
    @CurrentPerson() by: PersonActor,
    @Param() { id }: AccountPath,
    @Body() { reason }: AccountReason,
  ): Promise<void> {
    return this.accounts.unlock(by, id, reason);
  }
}
